package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.secateur.data.MnistDownload;
import io.secateur.network.SparseNetwork;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.StoredModel;
import io.secateur.store.hadoop.ModelStores;
import java.io.File;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every model of a store of real jobs on MNIST, named by {@code -Dsecateur.embedding.store=URI}: a
 * process without Spark, ND4J, DL4J and Hadoop gives the labels and logits that plain DL4J gives
 * for the exported network, on all test digits; what it takes is printed.
 */
@EnabledIfSystemProperty(named = "secateur.embedding.store", matches = ".+")
class EmbeddedDigitsIT {
  private static final int DIGITS = 10_000;
  private static final int PIXELS = 784;
  private static final int HEADER = 16;

  @TempDir private Path folder;

  @Test
  void theEmbeddedNetworkAgreesWithDl4jOnEveryTestDigit() throws Exception {
    ModelStore store = ModelStores.open(URI.create(System.getProperty("secateur.embedding.store")));
    List<String> models = store.models();
    assertThat(models).isNotEmpty();
    for (String model : models) {
      ModelVersion version = store.resolve(ModelReference.parse(model));
      float[] expected = dl4jLogits(store.read(version));
      float[] found = embeddedLogits(store, version);
      compare(version, found, expected);
    }
  }

  private static Path images() {
    return MnistDownload.defaultFolder().resolve("t10k-images-idx3-ubyte");
  }

  private static void compare(ModelVersion version, float[] found, float[] expected) {
    double largest = 0;
    double worst = 0;
    int otherLabels = 0;
    int classes = expected.length / DIGITS;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(found[i] - expected[i]));
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      int from = digit * classes;
      otherLabels += label(found, from, classes) == label(expected, from, classes) ? 0 : 1;
    }
    System.out.printf(
        "%s: %d of %d labels differ, logits by at most %.2e of the largest, %.2f%n",
        version, otherLabels, DIGITS, worst / largest, largest);
    assertThat(otherLabels).isZero();
    assertThat(worst / largest).isLessThan(1e-4);
  }

  private static int label(float[] logits, int from, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      best = logits[from + i] > logits[from + best] ? i : best;
    }
    return best;
  }

  private float[] dl4jLogits(StoredModel model) throws Exception {
    Path zip = folder.resolve("dl4j.zip");
    try (var out = Files.newOutputStream(zip)) {
      Dl4jNetworks.write(
          Dl4jNetworks.definition(model.manifest().topology(), model.configuration()),
          model.parameters(),
          out);
    }
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile());
    boolean convolutional = model.manifest().topology().node("conv1").isPresent();
    BaseLayer last = (BaseLayer) network.getOutputLayer().conf().getLayer();
    last.setActivationFn(new ActivationIdentity());
    byte[] pixels = Files.readAllBytes(images());
    int batch = 1_000;
    float[] logits = new float[DIGITS * model.manifest().topology().output().outputShape().dim(0)];
    for (int first = 0; first < DIGITS; first += batch) {
      float[] features = new float[batch * PIXELS];
      for (int i = 0; i < features.length; i++) {
        features[i] = (pixels[HEADER + first * PIXELS + i] & 0xFF) / 255f;
      }
      long[] shape = convolutional ? new long[] {batch, 1, 28, 28} : new long[] {batch, PIXELS};
      INDArray output = network.output(Nd4j.create(features, shape, 'c'));
      float[] part = output.dup('c').data().asFloat();
      System.arraycopy(part, 0, logits, first * (part.length / batch), part.length);
    }
    return logits;
  }

  private float[] embeddedLogits(ModelStore store, ModelVersion version) throws Exception {
    Path zip = folder.resolve("model.zip");
    store.export(version, Files.newOutputStream(zip));
    Path logits = folder.resolve("logits");
    Path tests = Path.of("../model-store/target/test-classes");
    Path example = folder.resolve("example/io/secateur/example");
    Files.createDirectories(example);
    Path compiled = tests.resolve("io/secateur/example/Measurement.class");
    Files.write(example.resolve("Measurement.class"), Files.readAllBytes(compiled));
    String classPath =
        String.join(
            File.pathSeparator,
            pathOf(SparseNetwork.class),
            pathOf(ObjectMapper.class),
            pathOf(JsonFactory.class),
            pathOf(JsonProperty.class),
            folder.resolve("example").toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:ObjectAlignmentInBytes=64",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                classPath,
                "io.secateur.example.Measurement",
                zip.toString(),
                images().toString(),
                logits.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
    float[] found = new float[(int) (Files.size(logits) / Float.BYTES)];
    ByteBuffer.wrap(Files.readAllBytes(logits)).asFloatBuffer().get(found);
    return found;
  }

  private static String pathOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
