package io.secateur.bench;

import io.secateur.encoding.ByteAccount;
import io.secateur.encoding.Cores;
import io.secateur.encoding.Encoding;
import io.secateur.encoding.TensorEncoder;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The rows of one network with one kind of mask. A layer is in memory at a time, and the coders
 * take turns on it; a sample is the sum over the layers.
 */
final class CodecRows {
  private static final int WARM_UPS = 15;

  /** Sparse and half full, so that every loop has met both before it counts. */
  private static final List<PrunedLayer> WARM_UP_LAYERS =
      List.of(
          PrunedLayer.dense("sparse", 256, 512, 4),
          PrunedLayer.convolution("half full", 128, 128, 3, 40));

  private final PrunedNetwork network;
  private final SyntheticMask mask;
  private final int samples;
  private final SecateurCoder oneCore = SecateurCoder.auto("auto", Cores.ONE);
  private final CoderTally auto;
  private final CoderTally allCores;
  private final CoderTally paper;
  private final CoderTally bitmap;
  private final CoderTally copy;
  private final CoderTally gzip;
  private final CoderTally zstd;
  private final List<CoderTally> coders;
  private final double[] sparseSeconds;
  private final List<String> chosen = new ArrayList<>();
  private ByteAccount account = ByteAccount.ZERO;

  CodecRows(PrunedNetwork network, SyntheticMask mask, int samples) {
    this.network = network;
    this.mask = mask;
    this.samples = samples;
    this.auto = tally(oneCore);
    this.allCores = tally(SecateurCoder.auto("auto on all cores", Cores.ALL));
    this.paper = tally(SecateurCoder.fixed("paper", PrunedLayer::paperEncoding));
    this.bitmap = tally(SecateurCoder.fixed("bitmap", layer -> Encoding.BITMAP));
    this.copy = tally(new MemoryCopy());
    this.gzip = tally(GeneralCoder.gzip());
    this.zstd = tally(GeneralCoder.zstd());
    this.coders = List.of(auto, allCores, paper, bitmap, copy, gzip, zstd);
    this.sparseSeconds = new double[samples];
  }

  private CoderTally tally(WeightCoder coder) {
    return new CoderTally(coder, samples);
  }

  List<BenchRow> measure() {
    LayerWorkspace workspace = new LayerWorkspace(largest());
    try {
      warmUp(workspace);
      for (PrunedLayer layer : network.layers()) {
        workspace.fill(layer, mask);
        for (CoderTally tally : coders) {
          tally.addBytes(tally.coder().encode(workspace));
        }
        chosen.add(layer.name() + " " + oneCore.encoding());
        account = account.plus(oneCore.account()).plus(biases(layer));
        for (int sample = 0; sample < samples; sample++) {
          takeTurns(workspace, sample);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows();
  }

  private int largest() {
    return Stream.concat(WARM_UP_LAYERS.stream(), network.layers().stream())
        .mapToInt(PrunedLayer::weights)
        .max()
        .orElseThrow();
  }

  private void warmUp(LayerWorkspace workspace) throws IOException {
    for (int round = 0; round < WARM_UPS; round++) {
      for (PrunedLayer layer : WARM_UP_LAYERS) {
        workspace.fill(layer, mask);
        for (CoderTally tally : coders) {
          WeightCoder coder = tally.coder();
          coder.encode(workspace);
          workspace.spoil();
          coder.decode(workspace);
          if (!coder.decoded(workspace)) {
            throw new IllegalStateException(coder.name() + " decodes other weights");
          }
        }
        oneCore.decodeSparse();
      }
    }
  }

  private void takeTurns(LayerWorkspace workspace, int sample) throws IOException {
    for (CoderTally tally : coders) {
      WeightCoder coder = tally.coder();
      long start = System.nanoTime();
      coder.encode(workspace);
      long encoded = System.nanoTime();
      coder.decode(workspace);
      long decoded = System.nanoTime();
      if (!coder.decoded(workspace)) {
        throw new IllegalStateException(
            coder.name() + " decodes other weights of " + workspace.layer());
      }
      tally.addEncoding(sample, (encoded - start) * 1e-9);
      tally.addDecoding(sample, (decoded - encoded) * 1e-9);
    }
    long start = System.nanoTime();
    oneCore.decodeSparse();
    sparseSeconds[sample] += (System.nanoTime() - start) * 1e-9;
  }

  /** Biases are dense in every encoding. */
  private static ByteAccount biases(PrunedLayer layer) {
    Shape shape = Shape.of(layer.biases());
    return TensorEncoder.scan(shape, new float[layer.biases()], 0, Cores.ONE)
        .account(Encoding.DENSE)
        .asBiases();
  }

  private List<BenchRow> rows() {
    double gigabytes = 1e-9 * Float.BYTES * network.weights();
    int cores = Runtime.getRuntime().availableProcessors();
    Samples encode = auto.encodeRate(gigabytes);
    Samples decode = auto.decodeRate(gigabytes);
    List<CoderTally> others = List.of(paper, bitmap, copy, gzip, zstd);
    return List.of(
        rate(
            "encode-gb-per-second-per-core",
            encode,
            others.stream()
                .map(each -> faster(each.name(), encode, each.encodeRate(gigabytes)))
                .toList(),
            "dense bytes; scanning, choosing the encoding and checksums included"),
        rate(
            "decode-gb-per-second-per-core",
            decode,
            others.stream()
                .map(each -> faster(each.name(), decode, each.decodeRate(gigabytes)))
                .toList(),
            "to dense weights, checksums verified"),
        rate(
            "decode-sparse-gb-per-second-per-core",
            CoderTally.rate(sparseSeconds, gigabytes),
            List.of(),
            "to indices and values, counted in dense bytes too"),
        rate(
            "encode-gb-per-second.cores-" + cores,
            allCores.encodeRate(gigabytes),
            List.of(faster("one-core", allCores.encodeRate(gigabytes), encode)),
            "chunks at once; the same bytes"),
        rate(
            "decode-gb-per-second.cores-" + cores,
            allCores.decodeRate(gigabytes),
            List.of(faster("one-core", allCores.decodeRate(gigabytes), decode)),
            "chunks at once"),
        bytes());
  }

  private BenchRow rate(String figure, Samples rates, List<Baseline> baselines, String note) {
    return BenchRow.of(name(figure), "GB/s", rates, baselines, note + "; " + weights());
  }

  private static Baseline faster(String name, Samples ours, Samples theirs) {
    double rate = theirs.median();
    return Baseline.measured(name, rate, Better.HIGHER.ratio(ours.median(), rate));
  }

  private BenchRow bytes() {
    long ours = account.stored();
    long biasBytes = ours - auto.bytes();
    List<Baseline> baselines = new ArrayList<>();
    baselines.add(smaller("dense", Float.BYTES * network.parameters(), ours));
    for (CoderTally tally : List.of(paper, bitmap)) {
      baselines.add(smaller(tally.name(), tally.bytes() + biasBytes, ours));
    }
    for (CoderTally tally : List.of(gzip, zstd)) {
      long plainBiases = Float.BYTES * (network.parameters() - network.weights());
      baselines.add(smaller(tally.name(), tally.bytes() + plainBiases, ours));
    }
    return BenchRow.of(
        name("bytes"),
        "bytes",
        Samples.of((double) ours),
        baselines,
        parts(account) + "; " + String.join(", ", chosen) + "; " + weights());
  }

  /** Where the bytes go, in words. */
  static String parts(ByteAccount account) {
    return String.format(
        Locale.ROOT,
        "values %,d, indices %,d, fillers %,d, biases %,d, headers %,d",
        account.values(),
        account.indices(),
        account.fillers(),
        account.biases(),
        account.headers());
  }

  /** A baseline of so many bytes, for so many of ours. */
  static Baseline smaller(String name, long bytes, long ours) {
    return Baseline.measured(
        name, (double) bytes, Better.LOWER.ratio((double) ours, (double) bytes));
  }

  private String name(String figure) {
    return "codec." + network.name() + "." + figure + mask.suffix();
  }

  private String weights() {
    return "synthetic weights from a fixed seed, " + mask.description() + ", the paper's densities";
  }
}
