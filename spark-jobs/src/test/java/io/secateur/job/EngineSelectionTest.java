package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.config.CommandLineOverrides;
import io.secateur.config.EngineChoice;
import io.secateur.config.JobFileReader;
import io.secateur.config.JobOptions;
import io.secateur.config.LayerKernel;
import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.UsageException;
import io.secateur.kernel.KernelProvider;
import io.secateur.network.Node;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import io.secateur.train.NetworkDefinition;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import io.secateur.train.engine.KernelPlan;
import io.secateur.train.engine.NativeEngine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class EngineSelectionTest {
  private static final NetworkDefinition LENET =
      Dl4jNetworks.render(ShippedNetwork.LENET_5.topology());

  private static JobOptions options(String train) {
    return JobFileReader.read(
        "x.yaml",
        ("network: lenet-5\n" + train).getBytes(StandardCharsets.UTF_8),
        List.of(),
        CommandLineOverrides.none());
  }

  private static NetworkDefinition batchNormed() {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(8), 1),
            Node.batchNorm("norm", "input", Shape.of(8), 1e-5),
            Node.dense("fc", "norm", 8, 3),
            Node.softmax("softmax", "fc", Shape.of(3)));
    return new NetworkDefinition(topology, LENET.dl4jConfiguration());
  }

  /** The topology alone would be covered. */
  private static NetworkDefinition trainedBy(LossFunction loss) {
    Topology topology =
        Topology.of(
            Node.input("input", Shape.of(8), 1),
            Node.dense("fc", "input", 8, 3),
            Node.softmax("softmax", "fc", Shape.of(3)));
    OutputLayer layer =
        new OutputLayer.Builder(loss)
            .name("fc")
            .nIn(8)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .build();
    return new NetworkDefinition(
        topology, new NeuralNetConfiguration.Builder().list().layer(layer).build().toJson());
  }

  @Test
  void autoIsOursWhereEveryLayerHasKernels() {
    EngineSelection selection = EngineSelection.forTraining(options(""), LENET);
    assertThat(selection.engine().id()).isEqualTo(NativeEngine.ID);
    assertThat(selection.reason()).isEqualTo("every layer has kernels; " + KernelProvider.reason());
  }

  @Test
  void aLayerTrainsOnTheKernelThatTheJobFileNames() {
    EngineSelection selection =
        EngineSelection.forTraining(options("kernel: {fc2: sparse}"), LENET);
    KernelPlan plan =
        ((NativeEngine) selection.engine()).policy().plan(LENET.topology(), Mask.full(430_500), 64);
    assertThat(plan.of("fc2")).isEqualTo(new KernelPlan.Decision(LayerKernel.SPARSE, "asked for"));
    assertThat(plan.of("fc1").kernel()).isEqualTo(LayerKernel.DENSE);
    assertThat(plan.of("fc1").reason()).startsWith("at 100.0 % density a minibatch costs ");
  }

  @Test
  void autoIsDl4jsWithTheLayerThatHasNone() {
    EngineSelection selection = EngineSelection.forTraining(options(""), batchNormed());
    assertThat(selection.engine().id()).isEqualTo(Dl4jEngine.ID);
    assertThat(selection.reason()).isEqualTo("no kernels for layer norm of kind batch-norm");
  }

  @Test
  void nativeForANetworkThatIsNotCoveredIsAUsageErrorThatNamesTheLayer() {
    assertThatThrownBy(
            () -> EngineSelection.forTraining(options("train: {engine: native}"), batchNormed()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("train.engine")
        .hasMessageContaining("layer norm of kind batch-norm");
    assertThatThrownBy(
            () ->
                EngineSelection.forRetraining(options("retrain: {engine: native}"), batchNormed()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("retrain.engine");
  }

  @Test
  void aLossThatIsNoCrossEntropyStaysWithDl4j() {
    EngineSelection selection =
        EngineSelection.forTraining(options(""), trainedBy(LossFunction.MSE));
    assertThat(selection.engine().id()).isEqualTo(Dl4jEngine.ID);
    assertThat(selection.reason()).contains("layer fc").contains("LossMSE");
    assertThat(
            EngineSelection.forTraining(options(""), trainedBy(LossFunction.NEGATIVELOGLIKELIHOOD))
                .engine()
                .id())
        .isEqualTo(NativeEngine.ID);
  }

  @Test
  void dropoutOfAnotherKindStaysWithDl4j() {
    NetworkDefinition plain = trainedBy(LossFunction.MCXENT);
    OutputLayer layer =
        new OutputLayer.Builder(LossFunction.MCXENT)
            .name("fc")
            .nIn(8)
            .nOut(3)
            .activation(Activation.SOFTMAX)
            .dropOut(new GaussianDropout(0.3))
            .build();
    String noisy = new NeuralNetConfiguration.Builder().list().layer(layer).build().toJson();
    assertThat(
            EngineSelection.forTraining(options(""), new NetworkDefinition(plain.topology(), noisy))
                .reason())
        .isEqualTo("no kernels for layer fc with GaussianDropout");
  }

  @Test
  void parameterAveragingIsAlwaysDl4js() {
    String train = "train: {engine: native, loop: parameter-averaging}";
    assertThat(EngineSelection.forTraining(options(train), LENET).engine().id())
        .isEqualTo(Dl4jEngine.ID);
  }

  @Test
  void retrainingHasAnEngineOfItsOwn() {
    JobOptions options = options("retrain: {engine: dl4j}");
    EngineSelection training = EngineSelection.forTraining(options, LENET);
    EngineSelection retraining = EngineSelection.forRetraining(options, LENET);
    assertThat(training.choice()).isEqualTo(EngineChoice.NATIVE);
    assertThat(retraining.choice()).isEqualTo(EngineChoice.DL4J);
    assertThat(retraining.laneBitsOr(training))
        .isEqualTo(OptionalInt.of(KernelProvider.preferredLaneBits()));
  }

  @Test
  void plainJavaCanBeAskedFor() {
    EngineSelection selection = EngineSelection.forTraining(options("lane-bits: 0"), LENET);
    assertThat(((NativeEngine) selection.engine()).laneBits()).isZero();
    assertThat(selection.reason()).contains("vectors of 0 bits by lane-bits");
  }

  @Test
  void aHostThatCanNotUseTheWidthIsNamed() {
    assertThatThrownBy(() -> new NativeEngine(2048).requireUsable())
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("host ")
        .hasMessageContaining("2048 bits")
        .hasMessageContaining("lane-bits");
  }

  @Test
  void theEngineOfAManifestIsFoundByItsName() {
    assertThat(EngineSelection.recorded("dl4j").id()).isEqualTo("dl4j");
    assertThat(EngineSelection.recorded("native").id()).isEqualTo("native");
    assertThatThrownBy(() -> EngineSelection.recorded("other"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("other");
  }

  @Test
  void kernelsAreRefusedWhereNeitherPhaseCanChooseThem() {
    JobOptions options = options("kernel: {fc2: sparse}");
    EngineSelection dl4j = EngineSelection.forTraining(options, batchNormed());
    EngineSelection ours = EngineSelection.forTraining(options, LENET);

    assertThatThrownBy(() -> dl4j.requireChoiceFor(options, dl4j))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no kernels for")
        .hasMessageContaining("leave kernel out");
    dl4j.requireChoiceFor(options, ours);
    ours.requireChoiceFor(options, dl4j);
    dl4j.requireChoiceFor(options(""), dl4j);
  }
}
