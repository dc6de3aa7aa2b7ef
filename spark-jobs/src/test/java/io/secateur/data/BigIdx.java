package io.secateur.data;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** IDX files of any size. */
public final class BigIdx {
  private BigIdx() {}

  /** Writes the files "images" and "labels" of square images. */
  static IdxFiles write(Path folder, byte[] pixels, byte[] labels, int side) throws IOException {
    try (DataOutputStream out = open(folder.resolve("images"))) {
      header(out, labels.length, side);
      out.write(pixels);
    }
    return new IdxFiles(folder.resolve("images").toUri(), writeLabels(folder, labels).toUri());
  }

  /** Writes images of noise: the same bytes for the same arguments. */
  public static IdxFiles noise(Path folder, int rows, int side, long seed) throws IOException {
    RandomStream random = Seeds.random(seed);
    byte[] labels = new byte[rows];
    byte[] image = new byte[side * side];
    try (DataOutputStream out = open(folder.resolve("images"))) {
      header(out, rows, side);
      for (int row = 0; row < rows; row++) {
        labels[row] = (byte) random.nextInt(10);
        for (int i = 0; i < image.length; i += Long.BYTES) {
          long bits = random.nextLong();
          for (int j = i; j < Math.min(image.length, i + Long.BYTES); j++) {
            image[j] = (byte) bits;
            bits >>= 8;
          }
        }
        out.write(image);
      }
    }
    return new IdxFiles(folder.resolve("images").toUri(), writeLabels(folder, labels).toUri());
  }

  private static void header(DataOutputStream out, int rows, int side) throws IOException {
    out.writeInt(2051);
    out.writeInt(rows);
    out.writeInt(side);
    out.writeInt(side);
  }

  private static Path writeLabels(Path folder, byte[] labels) throws IOException {
    Path file = folder.resolve("labels");
    try (DataOutputStream out = open(file)) {
      out.writeInt(2049);
      out.writeInt(labels.length);
      out.write(labels);
    }
    return file;
  }

  private static DataOutputStream open(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(new BufferedOutputStream(out, 1 << 20));
  }
}
