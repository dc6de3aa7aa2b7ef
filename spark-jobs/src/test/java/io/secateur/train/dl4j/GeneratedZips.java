package io.secateur.train.dl4j;

import io.secateur.network.ShippedNetwork;
import io.secateur.train.NetworkDefinition;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Large files as DL4J's ModelSerializer writes them, without its network in memory. Values are
 * uniform in [-0.05, 0.05), from a seed.
 */
public final class GeneratedZips {
  private static final int BUFFER_BYTES = 1 << 20;

  private GeneratedZips() {}

  /** Rows of {@code width} features, a hidden layer as wide, ten classes. */
  public static long rows(Path file, long seed, int width) throws IOException {
    return write(file, seed, SampleZips.rows(seed, width, List.of(width), 10).toJson());
  }

  /** Images of 32 x 32 in three channels, two convolutions, a hidden layer. */
  public static long images(Path file, long seed, int hidden) throws IOException {
    return write(file, seed, SampleZips.images(seed, 32, 3, 16, hidden, 10).toJson());
  }

  /** A graph of three layers of that width. */
  public static long branches(Path file, long seed, int width) throws IOException {
    return write(file, seed, SampleZips.branches(seed, width, width, 10).toJson());
  }

  /** A network that ships. */
  public static long shipped(Path file, long seed, ShippedNetwork network) throws IOException {
    NetworkDefinition definition = Dl4jNetworks.render(network.topology());
    return write(file, seed, definition.dl4jConfiguration());
  }

  /** Writes one; tells its parameters. */
  private static long write(Path file, long seed, String json) throws IOException {
    Dl4jRuntime.prepare();
    Dl4jConfiguration configuration = Dl4jConfiguration.fromJson(json);
    long parameters = parameters(configuration);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.putNextEntry(new ZipEntry("configuration.json"));
      zip.write(json.getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry("coefficients.bin"));
      DataOutputStream out = new DataOutputStream(zip);
      long[] shape = {2, 1, parameters, 1, 1, 0, 1, 'c'};
      header(out, shape.length, "LONG");
      for (long value : shape) {
        out.writeLong(value);
      }
      header(out, parameters, "FLOAT");
      values(out, parameters, seed);
      out.flush();
      zip.closeEntry();
    }
    return parameters;
  }

  private static long parameters(Dl4jConfiguration configuration) {
    INDArray untouched = configuration.untouched();
    long length = untouched.length();
    untouched.close();
    return length;
  }

  private static void header(DataOutputStream out, long length, String type) throws IOException {
    out.writeUTF("MIXED_DATA_TYPES");
    out.writeLong(length);
    out.writeUTF(type);
  }

  private static void values(DataOutputStream out, long count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (long i = 0; i < count; i++) {
      buffer.putFloat((float) ((random.nextInt() / 0x1p32) * 0.1));
      if (!buffer.hasRemaining()) {
        out.write(buffer.array());
        buffer.clear();
      }
    }
    out.write(buffer.array(), 0, buffer.position());
  }
}
