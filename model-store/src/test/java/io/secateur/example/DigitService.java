package io.secateur.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.secateur.network.SparseNetwork;
import io.secateur.store.NetworkLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;

/** POST /predict: 784 bytes of a digit in, its label and the probabilities out. */
public final class DigitService {
  private final SparseNetwork network;

  private DigitService(SparseNetwork network) {
    this.network = network;
  }

  public static void main(String[] args) throws IOException {
    SparseNetwork network = NetworkLoader.load(Path.of(args[0]));
    int port = Integer.parseInt(args[1]);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/predict", new DigitService(network)::predict);
    server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
    server.start();
    System.out.println(network + ", http://localhost:" + server.getAddress().getPort());
  }

  /** Any number of threads at once: the network is shared, and borrows each a session. */
  private void predict(HttpExchange exchange) throws IOException {
    byte[] pixels = exchange.getRequestBody().readNBytes(network.inputs() + 1);
    if (pixels.length != network.inputs()) {
      answer(exchange, 400, "expected " + network.inputs() + " bytes of pixels\n");
      return;
    }
    float[] example = new float[pixels.length];
    for (int i = 0; i < example.length; i++) {
      example[i] = pixels[i] & 0xFF; // raw: the network scales them as it was trained
    }
    float[] probabilities = network.probabilities(example);
    answer(exchange, 200, network.label(example) + " " + Arrays.toString(probabilities) + "\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
