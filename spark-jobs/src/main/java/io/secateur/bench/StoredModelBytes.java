package io.secateur.bench;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Cores;
import io.secateur.encoding.Encoding;
import io.secateur.encoding.EncodingPolicy;
import io.secateur.encoding.TensorEncoder;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.store.StoredModel;
import java.util.ArrayList;
import java.util.List;

/** What a stored model would take in each encoding, part by part. Nothing is timed. */
public final class StoredModelBytes {
  /** A way to choose the encoding of a tensor. */
  private interface Choice {
    Encoding of(ParameterTensor tensor, TensorEncoder encoder);
  }

  private final NetworkParameters parameters;
  private final String prefix;

  /** Takes the parameters of a version. */
  public StoredModelBytes(StoredModel model) {
    this.parameters = model.parameters();
    // Names of rows have no underscore.
    this.prefix = "codec." + model.manifest().version().model().replace('_', '-') + ".bytes";
  }

  /** A row for {@code auto}, then one for each other choice. */
  public List<BenchRow> rows() {
    ByteAccount auto = account(EncodingPolicy.AUTO::encodingOf);
    List<BenchRow> rows = new ArrayList<>();
    List<Baseline> baselines = new ArrayList<>();
    for (Named other :
        List.of(
            new Named("paper", account(EncodingPolicy.PAPER::encodingOf)),
            new Named("bitmap", account(weightsIn(Encoding.BITMAP))),
            new Named("dense", account(weightsIn(Encoding.DENSE))))) {
      rows.add(row(prefix + "." + other.name(), other.account(), List.of()));
      baselines.add(CodecRows.smaller(other.name(), other.account().stored(), auto.stored()));
    }
    rows.add(0, row(prefix, auto, baselines));
    return rows;
  }

  private record Named(String name, ByteAccount account) {}

  private static Choice weightsIn(Encoding encoding) {
    return (tensor, encoder) -> tensor.isPrunable() ? encoding : Encoding.DENSE;
  }

  private ByteAccount account(Choice choice) {
    ByteAccount total = ByteAccount.ZERO;
    for (ParameterTensor tensor : parameters.layout().tensors()) {
      TensorEncoder encoder =
          TensorEncoder.scan(
              tensor.shape(), parameters.arenaOf(tensor), tensor.offset(), Cores.ONE);
      ByteAccount account = encoder.account(choice.of(tensor, encoder));
      total = total.plus(tensor.isPrunable() ? account : account.asBiases());
    }
    return total;
  }

  private static BenchRow row(String name, ByteAccount account, List<Baseline> baselines) {
    return BenchRow.of(
        name, "bytes", Samples.of((double) account.stored()), baselines, CodecRows.parts(account));
  }
}
