package io.secateur.train.dl4j;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * The array in a {@code coefficients.bin}, as ND4J writes it, read from its beginning to its end
 * without ND4J:
 *
 * <pre>
 * file   := buffer (of the shape information)  buffer (of the values)
 * buffer := UTF allocation mode  int64 length  UTF data type  value{length}     big-endian
 * shape information := int64: rank, dim{rank}, stride{rank}, flags, element stride, order
 * </pre>
 *
 * Values are float32 or float64, which becomes float32.
 */
final class Coefficients {
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int LONGEST_SHAPE = 64;

  private final CRC32 crc = new CRC32();
  private final DataInputStream in;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.BIG_ENDIAN);
  private final boolean doubles;
  private final long length;

  /**
   * Reads as far as the first value.
   *
   * @throws IOException when this is not such an array
   */
  Coefficients(InputStream entry) throws IOException {
    in = new DataInputStream(new CheckedInputStream(entry, crc));
    Header shape = header();
    if (!shape.type().equals("LONG") || shape.length() > LONGEST_SHAPE) {
      throw new IOException(
          "an array whose shape is " + shape.length() + " values of " + shape.type());
    }
    for (long i = 0; i < shape.length(); i++) {
      in.readLong();
    }
    Header values = header();
    if (!values.type().equals("FLOAT") && !values.type().equals("DOUBLE")) {
      throw new IOException("parameters of type " + values.type());
    }
    doubles = values.type().equals("DOUBLE");
    length = values.length();
  }

  private record Header(long length, String type) {}

  private Header header() throws IOException {
    in.readUTF();
    return new Header(in.readLong(), in.readUTF());
  }

  /** The number of values. */
  long length() {
    return length;
  }

  /** Reads the next values. */
  void read(float[] values, int from, int count) throws IOException {
    int bytes = doubles ? Double.BYTES : Float.BYTES;
    int perRead = BUFFER_BYTES / bytes;
    for (int done = 0; done < count; ) {
      int now = Math.min(perRead, count - done);
      in.readFully(buffer.array(), 0, now * bytes);
      if (doubles) {
        for (int i = 0; i < now; i++) {
          values[from + done + i] = (float) buffer.getDouble(i * Double.BYTES);
        }
      } else {
        buffer.clear().asFloatBuffer().get(values, from + done, now);
      }
      done += now;
    }
  }

  /**
   * Reads what is left.
   *
   * @return the checksum of all bytes
   * @throws EOFException when the entry ends too early
   */
  long drain() throws IOException {
    byte[] rest = buffer.array();
    while (in.read(rest) >= 0) {
      // the checksum counts it
    }
    return crc.getValue();
  }
}
