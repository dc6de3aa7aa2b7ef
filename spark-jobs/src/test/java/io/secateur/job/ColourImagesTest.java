package io.secateur.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.data.SampleParquet;
import io.secateur.error.DataException;
import io.secateur.report.JobResult;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Images of three channels, from Parquet to the published network. */
class ColourImagesTest {
  private static final String SHAPE = "data.shape=[3, 28, 28]";

  @TempDir private Path folder;
  private String source;

  @BeforeEach
  void write() throws Exception {
    SampleParquet.writeInColour(folder);
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .list()
                .layer(
                    new ConvolutionLayer.Builder(5, 5).nOut(8).activation(Activation.RELU).build())
                .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(28, 28, 3))
                .build());
    network.init();
    Path zip = folder.resolve("colour.zip");
    ModelSerializer.writeModel(network, zip.toFile(), false);
    source = "from-file: \"" + zip.toUri() + "\"";
  }

  private SampleJob job(String id) {
    return SampleJob.onParquet(
        id,
        "local[2]",
        folder.resolve("store").toUri(),
        folder.resolve("train").toUri(),
        folder.resolve("test").toUri());
  }

  @Test
  void theyAreTrainedOnPrunedAndEvaluated() {
    SampleJob first = job("a");
    new TrainJob(first.options(source, SHAPE, "prune=null", "train.epochs=6"), first.environment())
        .run();
    SampleJob job = job("b");

    ModelVersion pruned =
        new PruneJob(job.options("from: sample@1", SHAPE), job.environment()).run();

    JobResult result = job.result.succeeded();
    assertThat(result.engine()).isEqualTo("native");
    // 3 x 5 x 5 x 8 and 8 x 12 x 12 x 10 weights, 8 + 10 biases
    assertThat(result.dense().parameters()).isEqualTo(600 + 11_520 + 18);
    assertThat(result.pruned().testErrorPercent()).isLessThan(40);
    double again =
        new EvaluateJob(ModelReference.exactly(pruned), Optional.empty(), job("c").environment())
            .run()
            .errorPercent();
    assertThat(again).isEqualTo(result.pruned().testErrorPercent());
  }

  @Test
  void aShapeThatIsNotTheNetworksIsRefused() {
    SampleJob job = job("a");

    assertThatThrownBy(
            () -> new PruneJob(job.options("network: lenet-5", SHAPE), job.environment()).run())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("images of shape [3, 28, 28]");
  }
}
