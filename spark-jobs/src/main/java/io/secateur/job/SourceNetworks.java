package io.secateur.job;

import io.secateur.config.JobOptions;
import io.secateur.config.Source;
import io.secateur.data.DataSplits;
import io.secateur.error.DataException;
import io.secateur.error.Problem;
import io.secateur.network.NetworkParameters;
import io.secateur.network.Topology;
import io.secateur.prune.Pruner;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import io.secateur.store.StoredTensor;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.InitialWeights;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.SparkRuntime;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.dl4j.ImportedNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the network that a job starts from: shipped, stored, or in a DL4J file. */
final class SourceNetworks {
  /** The most there can be: to look at the images before the network's classes are known. */
  private static final int ANY_CLASSES = 65_536;

  private SourceNetworks() {}

  /**
   * Finds and reads it.
   *
   * @param resolved the version that the job's first run has found for {@code from}, when it is
   *     resumed: a name's highest version may be another now
   */
  static SourceNetwork load(
      JobOptions options, Optional<ModelReference> resolved, JobEnvironment environment) {
    Source source = options.source();
    if (source instanceof Source.Shipped shipped) {
      return shipped(shipped.network().topology(), options.seed());
    }
    if (source instanceof Source.Stored stored) {
      return stored(
          resolved.orElseGet(() -> ModelReference.parse(stored.reference())), environment);
    }
    Shape images =
        DataSplits.open(
                SparkRuntime.hadoopConfiguration(),
                DataFilesOf.options(options.data()),
                DataFilesOf.split(options.data()),
                ANY_CLASSES)
            .imageShape()
            .toShape();
    return fromFile(((Source.FromFile) source).zip(), images, environment);
  }

  private static SourceNetwork shipped(Topology topology, long seed) {
    NetworkDefinition definition = Dl4jNetworks.render(topology);
    return neverPruned(definition, InitialWeights.of(topology, seed), Training.TO_DO);
  }

  private static SourceNetwork stored(ModelReference reference, JobEnvironment environment) {
    ModelVersion version = environment.store().resolve(reference);
    StoredModel model = environment.store().read(version);
    Map<String, Long> before = new LinkedHashMap<>();
    for (StoredTensor tensor : model.manifest().tensors()) {
      if (tensor.prunable()) {
        before.merge(tensor.layer(), tensor.weightsBeforePruning(), Long::sum);
      }
    }
    NetworkParameters parameters = model.parameters();
    long now = parameters.weights().length;
    boolean pruned = model.manifest().survivingWeights() < Math.max(now, sum(before));
    return new SourceNetwork(
        Dl4jNetworks.definition(model.manifest().topology(), model.configuration()),
        parameters,
        pruned ? parameters.mask() : Mask.full(parameters.weights().length),
        PublishedFigures.of(model.manifest()).origin(before),
        version,
        true);
  }

  private static SourceNetwork fromFile(URI zip, Shape images, JobEnvironment environment) {
    Path path = new Path(zip);
    try (InputStream in = path.getFileSystem(new Configuration()).open(path)) {
      ImportedNetwork imported = Dl4jNetworks.read(in, zip.toString(), images);
      imported.replaced().ifPresent(environment.listener()::note);
      return neverPruned(imported.definition(), imported.parameters(), Training.DONE);
    } catch (IOException e) {
      throw new DataException(
          new Problem(
              zip + " that can't be read (" + e.getMessage() + ")",
              "a zip written by DL4J's ModelSerializer",
              "check from-file in the job file"),
          e);
    }
  }

  private enum Training {
    TO_DO,
    DONE
  }

  private static SourceNetwork neverPruned(
      NetworkDefinition definition, NetworkParameters parameters, Training training) {
    return new SourceNetwork(
        definition,
        parameters,
        Mask.full(parameters.weights().length),
        new Origin(
            Pruner.denseCounts(parameters.layout()),
            parameters.layout().parameterCount(),
            Map.of()),
        null,
        training == Training.DONE);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
