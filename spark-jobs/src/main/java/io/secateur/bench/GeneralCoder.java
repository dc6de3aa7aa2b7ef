package io.secateur.bench;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A compressor of bytes, given a layer's dense bytes. */
final class GeneralCoder implements WeightCoder {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ZSTD_LEVEL = 3;

  /** A stream around another. */
  private interface Wrapping<T> {
    T around(T stream) throws IOException;
  }

  /** Its array grows to the largest layer's and is then used again. */
  private static final class Compressed extends ByteArrayOutputStream {
    InputStream read() {
      return new ByteArrayInputStream(buf, 0, count);
    }
  }

  private final String name;
  private final Wrapping<OutputStream> compressor;
  private final Wrapping<InputStream> decompressor;
  private final Compressed compressed = new Compressed();

  private GeneralCoder(
      String name, Wrapping<OutputStream> compressor, Wrapping<InputStream> decompressor) {
    this.name = name;
    this.compressor = compressor;
    this.decompressor = decompressor;
  }

  static GeneralCoder gzip() {
    return new GeneralCoder(
        "gzip-1",
        out ->
            new GZIPOutputStream(out, BUFFER_BYTES) {
              {
                def.setLevel(Deflater.BEST_SPEED);
              }
            },
        in -> new GZIPInputStream(in, BUFFER_BYTES));
  }

  static GeneralCoder zstd() {
    return new GeneralCoder(
        "zstd-" + ZSTD_LEVEL,
        out -> new ZstdOutputStream(out, ZSTD_LEVEL),
        in -> new ZstdInputStream(in));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long encode(LayerWorkspace workspace) throws IOException {
    compressed.reset();
    try (OutputStream out = compressor.around(compressed)) {
      out.write(workspace.bytes, 0, workspace.byteCount());
    }
    return compressed.size();
  }

  @Override
  public void decode(LayerWorkspace workspace) throws IOException {
    try (InputStream in = decompressor.around(compressed.read())) {
      in.readNBytes(workspace.decodedBytes, 0, workspace.byteCount());
    }
  }

  @Override
  public boolean decoded(LayerWorkspace workspace) {
    return workspace.decodedBytes();
  }
}
