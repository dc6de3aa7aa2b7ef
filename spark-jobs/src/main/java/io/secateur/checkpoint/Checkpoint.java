package io.secateur.checkpoint;

import io.secateur.error.StoreException;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.store.IntegrityException;
import io.secateur.tensor.Mask;
import io.secateur.train.Evaluation;
import io.secateur.train.TrainingState;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The state of a job between two rounds.
 *
 * <p>Its bytes, little-endian:
 *
 * <pre>
 * u32    length of the head
 * head   {@link CheckpointHead} as JSON in UTF-8
 * mask   ceil(weights / 8) bytes, lowest bit first
 * f32[]  surviving weights in mask order, others, their velocities in the same order
 * f32[]  with a best epoch: its surviving weights and others
 * </pre>
 */
public final class Checkpoint {
  private final Position position;
  private final Mask mask;
  private final TrainingState state;
  private final CutProgress cuts;
  private final Best best;
  private final Account account;

  /**
   * The best epoch so far.
   *
   * @param evaluation how it did on the validation rows
   * @param parameters of then; zero outside the mask
   */
  public record Best(Evaluation evaluation, NetworkParameters parameters) {}

  /**
   * A checkpoint of these very objects, not of copies: it is to be written before they change.
   *
   * @param position where the job goes on
   * @param mask the weights that are trained
   * @param state parameters and velocity; weights are zero outside the mask
   * @param cuts how far the schedule is; empty before the first cut
   * @param best the epoch to publish, if one was a candidate
   * @param account what result.json has collected
   */
  public Checkpoint(
      Position position,
      Mask mask,
      TrainingState state,
      Optional<CutProgress> cuts,
      Optional<Best> best,
      Account account) {
    this.position = position;
    this.mask = mask;
    this.state = state;
    this.cuts = cuts.orElse(null);
    this.best = best.orElse(null);
    this.account = account;
  }

  /** Where the job goes on. */
  public Position position() {
    return position;
  }

  /** The weights that are trained. */
  public Mask mask() {
    return mask;
  }

  /** Parameters and velocity. */
  public TrainingState state() {
    return state;
  }

  /** How far the schedule is; empty before the first cut. */
  public Optional<CutProgress> cuts() {
    return Optional.ofNullable(cuts);
  }

  /** The epoch to publish, if one was a candidate. */
  public Optional<Best> best() {
    return Optional.ofNullable(best);
  }

  /** What result.json has collected. */
  public Account account() {
    return account;
  }

  /**
   * The bytes, as above.
   *
   * @throws StoreException when they are more than 2 GiB
   */
  public byte[] toBytes() {
    int others = state.otherVelocity().length;
    CheckpointHead head =
        new CheckpointHead(
            CheckpointHead.SCHEMA,
            position,
            mask.length(),
            mask.cardinality(),
            others,
            cuts,
            best == null ? null : best.evaluation(),
            account);
    byte[] json = head.toBytes();
    byte[] bitmap = mask.toBytes();
    long floats = (best == null ? 2L : 3L) * (mask.cardinality() + (long) others);
    long bytes = Integer.BYTES + json.length + bitmap.length + Float.BYTES * floats;
    if (bytes > Integer.MAX_VALUE) {
      throw new StoreException(
          "a checkpoint of " + bytes + " bytes",
          "at most " + Integer.MAX_VALUE,
          "expect the job to start anew if its driver dies");
    }
    ByteBuffer out =
        ByteBuffer.allocate((int) bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(json.length)
            .put(json)
            .put(bitmap);
    put(out, state.parameters());
    put(out, mask.gather(state.weightVelocity()));
    put(out, state.otherVelocity());
    if (best != null) {
      put(out, best.parameters());
    }
    return out.array();
  }

  private void put(ByteBuffer out, NetworkParameters parameters) {
    put(out, mask.gather(parameters.weights()));
    put(out, parameters.others());
  }

  private static void put(ByteBuffer out, float[] values) {
    out.asFloatBuffer().put(values);
    out.position(out.position() + Float.BYTES * values.length);
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @param layout of the job's network
   * @param name where it comes from, for messages
   * @throws IntegrityException when it is not a checkpoint of such a network
   */
  public static Checkpoint parse(byte[] content, ParameterLayout layout, String name) {
    try {
      ByteBuffer in = ByteBuffer.wrap(content);
      CheckpointHead head = CheckpointHead.parse(in);
      if (head.weights() != layout.weightCount() || head.others() != layout.otherCount()) {
        throw new IOException(head.weights() + " weights and " + head.others() + " others");
      }
      byte[] bitmap = new byte[(head.weights() + 7) / 8];
      in.get(bitmap);
      Mask mask = Mask.fromBytes(head.weights(), bitmap);
      NetworkParameters parameters = parameters(in, mask, layout);
      NetworkParameters velocity = parameters(in, mask, layout);
      Optional<Best> best = Optional.empty();
      if (head.best() != null) {
        best = Optional.of(new Best(head.best(), parameters(in, mask, layout)));
      }
      if (in.hasRemaining()) {
        throw new IOException(in.remaining() + " bytes too many");
      }
      return new Checkpoint(
          head.position(),
          mask,
          TrainingState.wrapping(parameters, velocity.weights(), velocity.others()),
          Optional.ofNullable(head.cuts()),
          best,
          head.account());
    } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
      throw new IntegrityException(
          name,
          "not what this job needs (" + e.getMessage() + ")",
          "a checkpoint of a network of "
              + layout.weightCount()
              + " weights and "
              + layout.otherCount()
              + " others",
          "run the job anew, without --resume");
    }
  }

  private static NetworkParameters parameters(ByteBuffer in, Mask mask, ParameterLayout layout) {
    float[] weights = new float[mask.length()];
    mask.scatter(floats(in, mask.cardinality()), weights);
    return NetworkParameters.wrapping(layout, weights, floats(in, layout.otherCount()));
  }

  private static float[] floats(ByteBuffer in, int count) {
    float[] values = new float[count];
    in.asFloatBuffer().get(values);
    in.position(in.position() + Float.BYTES * count);
    return values;
  }
}
