package io.secateur.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The file around a checkpoint's content, little-endian:
 *
 * <pre>
 * magic    8 bytes  "SECTCKPT"
 * format   u32      1
 * length   u64      of the content in bytes
 * content
 * sha256   32 bytes over all bytes before
 * </pre>
 */
public final class CheckpointFile {
  private static final byte[] MAGIC = "SECTCKPT".getBytes(StandardCharsets.US_ASCII);
  private static final int FORMAT = 1;
  private static final int HEADER = 8 + Integer.BYTES + Long.BYTES;
  private static final int SHA256 = 32;
  private static final String REMEDY = "run the job anew, without --resume";

  private CheckpointFile() {}

  /** The file's bytes. */
  public static byte[] toBytes(byte[] content) {
    ByteBuffer file =
        ByteBuffer.allocate(Math.addExact(HEADER + SHA256, content.length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(MAGIC)
            .putInt(FORMAT)
            .putLong(content.length)
            .put(content);
    return file.put(sha256(file.array())).array();
  }

  /**
   * The content that {@link #toBytes} closed.
   *
   * @param name the file's name for messages
   * @throws IntegrityException when any byte differs, or the format is newer than this version
   *     reads
   */
  public static byte[] parse(byte[] file, String name) {
    if (file.length < HEADER + SHA256) {
      throw damaged(name, "cut: it has " + file.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[MAGIC.length];
    in.get(magic);
    if (!MessageDigest.isEqual(magic, MAGIC)) {
      throw damaged(name, "not a checkpoint by its first bytes");
    }
    int format = in.getInt();
    long length = in.getLong();
    byte[] stated = new byte[SHA256];
    in.get(file.length - SHA256, stated);
    if (!MessageDigest.isEqual(stated, sha256(file))) {
      throw damaged(name, "damaged: its SHA-256 is not the one stated at its end");
    }
    if (format != FORMAT || length != file.length - HEADER - SHA256) {
      throw new IntegrityException(
          name,
          "format " + format + " with " + length + " bytes",
          "a checkpoint of format " + FORMAT,
          "resume the job with the version of Secateur that began it");
    }
    byte[] content = new byte[(int) length];
    in.get(content);
    return content;
  }

  private static IntegrityException damaged(String name, String found) {
    return new IntegrityException(
        name, found, "a checkpoint closed by the SHA-256 of the bytes before", REMEDY);
  }

  /** Over all but the last 32 bytes. */
  private static byte[] sha256(byte[] file) {
    MessageDigest digest = Sha256.digest();
    digest.update(file, 0, file.length - SHA256);
    return digest.digest();
  }
}
