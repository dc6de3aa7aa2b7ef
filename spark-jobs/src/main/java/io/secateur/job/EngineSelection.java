package io.secateur.job;

import io.secateur.config.EngineChoice;
import io.secateur.config.JobOptions;
import io.secateur.config.Loop;
import io.secateur.error.DataException;
import io.secateur.error.UsageException;
import io.secateur.kernel.KernelProvider;
import io.secateur.train.Engine;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.dl4j.BeyondTopology;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.engine.Coverage;
import io.secateur.train.engine.KernelPolicy;
import io.secateur.train.engine.NativeEngine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The engine that runs a phase of a job, and why that one.
 *
 * @param engine for training and for every evaluation of the phase
 * @param reason in one line
 */
record EngineSelection(Engine engine, String reason) {

  /** The choice that leads here without being asked again. */
  EngineChoice choice() {
    return engine instanceof NativeEngine ? EngineChoice.NATIVE : EngineChoice.DL4J;
  }

  /** The lane width of this engine, or of the other, if one has any. */
  OptionalInt laneBitsOr(EngineSelection other) {
    for (Engine one : List.of(engine, other.engine)) {
      if (one instanceof NativeEngine ours) {
        return OptionalInt.of(ours.laneBits());
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Checks that kernels are named only where this or the other phase can choose among them.
   *
   * @throws UsageException when DL4J computes both
   */
  void requireChoiceFor(JobOptions options, EngineSelection other) {
    if (!options.kernels().isEmpty() && laneBitsOr(other).isEmpty()) {
      throw new UsageException(
          "kernel " + options.kernels() + " for a job that Deeplearning4j computes: " + reason,
          "engine native, which has dense and sparse kernels",
          "leave kernel out, or let engine be auto or native where it can");
    }
  }

  /** For dense training. */
  static EngineSelection forTraining(JobOptions options, NetworkDefinition network) {
    return of(options.train().engine(), "train.engine", options, network);
  }

  /** For pruning and retraining. */
  static EngineSelection forRetraining(JobOptions options, NetworkDefinition network) {
    return of(options.retrain().engine(), "retrain.engine", options, network);
  }

  private static EngineSelection of(
      EngineChoice choice, String key, JobOptions options, NetworkDefinition network) {
    if (options.train().loop() == Loop.PARAMETER_AVERAGING) {
      return new EngineSelection(
          new Dl4jEngine(), "loop parameter-averaging trains with DL4J's own master");
    }
    Optional<String> missing =
        Coverage.missing(network.topology()).or(() -> BeyondTopology.of(network));
    return switch (choice) {
      case DL4J -> new EngineSelection(new Dl4jEngine(), "the job file asks for it");
      case AUTO ->
          missing
              .map(layer -> new EngineSelection(new Dl4jEngine(), "no kernels for " + layer))
              .orElseGet(() -> ours(options, "every layer has kernels"));
      case NATIVE -> {
        if (missing.isPresent()) {
          throw new UsageException(
              key + " native for a network that has no kernels for " + missing.get(),
              "a chain of dense layers, convolutions, max pools, ReLU and dropout with softmax and"
                  + " cross-entropy at its end",
              "set " + key + " to auto or dl4j");
        }
        yield ours(options, "the job file asks for it");
      }
    };
  }

  private static EngineSelection ours(JobOptions options, String why) {
    int own = KernelProvider.preferredLaneBits();
    NativeEngine engine =
        new NativeEngine(options.laneBits().orElse(own), KernelPolicy.cheapest(options.kernels()));
    engine.requireUsable();
    String how =
        engine.laneBits() == own
            ? KernelProvider.reason()
            : "vectors of " + engine.laneBits() + " bits by lane-bits";
    return new EngineSelection(engine, why + "; " + how);
  }

  /**
   * The engine that a manifest names.
   *
   * @throws DataException when this version has none of that name
   */
  static Engine recorded(String id) {
    return switch (id) {
      case Dl4jEngine.ID -> new Dl4jEngine();
      case NativeEngine.ID -> NativeEngine.ofThisProcess();
      default ->
          throw new DataException(
              "a version made by engine " + id,
              "one of " + NativeEngine.ID + ", " + Dl4jEngine.ID,
              "evaluate it with the version of Secateur that published it");
    };
  }
}
