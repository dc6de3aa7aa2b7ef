package io.secateur.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.secateur.train.Evaluation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Everything in a checkpoint but its arrays.
 *
 * @param schema the version of the form, {@link #SCHEMA}
 * @param position where the job goes on
 * @param weights prunable weights of the network as it lies in memory
 * @param survivors those of them in the mask
 * @param others biases and statistics
 * @param cuts how far the schedule is; null before the first cut
 * @param best how the best epoch did; null when there is none
 * @param account what result.json has collected
 */
public record CheckpointHead(
    int schema,
    Position position,
    int weights,
    int survivors,
    int others,
    CutProgress cuts,
    Evaluation best,
    Account account) {
  /** The version of checkpoints that this class reads. */
  public static final int SCHEMA = 1;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final ObjectReader READER = MAPPER.readerFor(CheckpointHead.class);

  byte[] toBytes() {
    try {
      return MAPPER.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The head of a checkpoint's content.
   *
   * @throws IOException when it is none
   */
  public static CheckpointHead parse(byte[] content) throws IOException {
    return parse(ByteBuffer.wrap(content));
  }

  /** Reads the head and leaves the buffer behind it. */
  static CheckpointHead parse(ByteBuffer content) throws IOException {
    ByteBuffer in = content.order(ByteOrder.LITTLE_ENDIAN);
    if (in.remaining() < Integer.BYTES) {
      throw new IOException("nothing");
    }
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IOException("a head of " + length + " bytes");
    }
    CheckpointHead head = READER.readValue(in.array(), in.arrayOffset() + in.position(), length);
    if (head == null || head.schema != SCHEMA) {
      throw new IOException("another form");
    }
    in.position(in.position() + length);
    return head;
  }
}
