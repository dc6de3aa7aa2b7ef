package io.secateur.cli;

import io.secateur.bench.BenchFile;
import io.secateur.bench.BenchOptions;
import io.secateur.bench.BenchRow;
import io.secateur.bench.BenchTable;
import io.secateur.bench.CalibrateBench;
import io.secateur.bench.CodecBench;
import io.secateur.bench.InferenceBench;
import io.secateur.bench.RetrainBench;
import io.secateur.bench.StoredModelBytes;
import io.secateur.bench.SweepBench;
import io.secateur.bench.ThresholdBench;
import io.secateur.bench.TrainBench;
import io.secateur.config.JobOptions;
import io.secateur.data.MnistDownload;
import io.secateur.error.UsageException;
import io.secateur.report.ResultFile;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Figures of this machine, with baselines measured beside them. */
@Command(name = "bench", description = "Measure this machine, beside what users know, in one run.")
final class BenchCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, Function<BenchOptions, List<BenchRow>>> benches = new TreeMap<>();

  @Mixin private OutputFlags output;

  @Parameters(
      paramLabel = "NAME",
      description =
          "What to measure: calibrate, codec, inference, retrain, sweep, threshold or train.")
  private String name;

  @Option(
      names = "--only",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "Only rows whose names begin so, as in train.lenet-5.")
  private String only;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "With codec: the bytes of this stored model instead, in each encoding.")
  private String model;

  @Mixin private StoreFlags store;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "5",
      description = "Counted epochs or passes of each, at least 3 (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where bench.json and the log go (default: ./secateur-out/<id>).")
  private Path out;

  BenchCommand(Console console) {
    this.console = console;
    benches.put("train", options -> new TrainBench(options, mnist(), console::say).run());
    benches.put("codec", this::codec);
    benches.put("calibrate", options -> new CalibrateBench(folder(), console::say).run());
    benches.put("inference", options -> new InferenceBench(options, console::say).run());
    benches.put(
        "retrain",
        options -> new RetrainBench(new TrainBench(options, mnist(), console::say)).run());
    benches.put("sweep", options -> new SweepBench(options, mnist(), console::say).run());
    benches.put("threshold", options -> new ThresholdBench(options, console::say).run());
  }

  @Override
  public Integer call() {
    console.verbosity(output.verbosity());
    if (!benches.containsKey(name)) {
      throw new UsageException(
          "bench " + name, "one of " + String.join(", ", benches.keySet()), "name one of them");
    }
    if (model != null && !name.equals("codec")) {
      throw new UsageException("bench " + name + " --model", "no --model", "it is codec's");
    }
    if (samples < 3) {
      throw new UsageException("--samples " + samples, "at least 3", "a median needs as many");
    }
    Path folder = folder();
    ResultFile.requireWritable(folder);
    console.say("Spark's log: " + LogFile.in(folder).path());
    BenchOptions options = new BenchOptions(only, samples, JobOptions.DEFAULT_ROUND_MINIBATCHES);
    List<BenchRow> rows = benches.get(name).apply(options);
    BenchTable.lines(rows).forEach(console::answer);
    console.say("rows: " + BenchFile.write(folder, rows));
    return ExitCodes.DONE;
  }

  private List<BenchRow> codec(BenchOptions options) {
    if (model == null) {
      return new CodecBench(options, console::say).run();
    }
    ModelStore opened = store.open(store.root());
    ModelVersion version = opened.resolve(ModelReference.parse(model));
    List<BenchRow> rows = new StoredModelBytes(opened.read(version)).rows();
    rows.forEach(row -> console.say(row.name() + ": " + row.note()));
    return rows;
  }

  private Path folder() {
    if (out == null) {
      out = Path.of("secateur-out", JobId.at(Instant.now()));
    }
    return out;
  }

  private Path mnist() {
    Path mnist = MnistDownload.defaultFolder();
    try (FetchBar bar = new FetchBar(console)) {
      new MnistDownload(mnist, bar).fetch();
    }
    return mnist;
  }
}
