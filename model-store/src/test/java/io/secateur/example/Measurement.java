package io.secateur.example;

import io.secateur.network.LayerPlan;
import io.secateur.network.Session;
import io.secateur.network.SparseNetwork;
import io.secateur.store.NetworkLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What an exported network takes and gives in this process: its arguments are the file, an IDX file
 * of images, and a file that receives the logits of all of them, big-endian floats.
 */
public final class Measurement {
  private static final int IDX_HEADER = 16;
  private static final int BATCH = 64;
  private static final int WARM = 40_000;
  private static final int SINGLE = 100_000;

  private Measurement() {}

  public static void main(String[] args) throws IOException {
    long start = System.nanoTime();
    SparseNetwork network = NetworkLoader.load(Path.of(args[0]));
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s, loaded in %.3f s, %d bits%n", network, seconds, network.laneBits());
    for (LayerPlan layer : network.layers()) {
      System.out.printf(
          "  %s %s, density %.3f, %d bytes%n",
          layer.name(), layer.form(), layer.density(), layer.bytes());
    }
    byte[] images = Files.readAllBytes(Path.of(args[1]));
    int count = (images.length - IDX_HEADER) / network.inputs();
    float[] examples = new float[BATCH * network.inputs()];
    float[] logits = new float[BATCH * network.outputs()];
    ByteBuffer all = ByteBuffer.allocate(count * network.outputs() * Float.BYTES);
    Session session = network.session();

    long best = Long.MAX_VALUE;
    for (int pass = 0; pass < 12; pass++) {
      long nanos = 0;
      all.clear();
      for (int first = 0; first < count; first += BATCH) {
        int rows = Math.min(BATCH, count - first);
        fill(examples, images, first * network.inputs(), rows * network.inputs());
        long before = System.nanoTime();
        session.logits(examples, rows, logits);
        nanos += System.nanoTime() - before;
        for (int i = 0; i < rows * network.outputs(); i++) {
          all.putFloat(logits[i]);
        }
      }
      best = Math.min(best, nanos);
    }
    System.out.printf("batches of %d: %.0f examples/s, one thread%n", BATCH, count * 1e9 / best);
    Files.write(Path.of(args[2]), all.array());
    singles(network, session, images, count);
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .forEach(System.out::println);
    System.out.println("weights " + network.weightBytes() + " bytes");
  }

  private static void fill(float[] examples, byte[] images, int first, int length) {
    for (int i = 0; i < length; i++) {
      examples[i] = images[IDX_HEADER + first + i] & 0xFF;
    }
  }

  private static void singles(SparseNetwork network, Session session, byte[] images, int count) {
    int inputs = network.inputs();
    float[] one = new float[inputs];
    float[] logits = new float[network.outputs()];
    long[] nanos = new long[SINGLE];
    for (int i = -WARM; i < SINGLE; i++) {
      fill(one, images, Math.floorMod(i, count) * inputs, inputs);
      long before = System.nanoTime();
      session.logits(one, 1, logits);
      if (i >= 0) {
        nanos[i] = System.nanoTime() - before;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        "one example: p50 %.1f us, p99 %.1f us, p99.9 %.1f us%n",
        nanos[SINGLE / 2] / 1e3, nanos[SINGLE / 100 * 99] / 1e3, nanos[SINGLE / 1000 * 999] / 1e3);
  }
}
