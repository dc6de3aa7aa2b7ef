package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThatCode;

import io.secateur.network.NetworkParameters;
import io.secateur.network.ShippedNetwork;
import io.secateur.network.SparseNetwork;
import io.secateur.train.dl4j.Dl4jEngine;
import io.secateur.train.dl4j.Dl4jNetworks;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final InferenceCase LENET_5 =
      InferenceCase.whole(ShippedNetwork.LENET_5, 0.66, 0.12, 0.08, 0.19);

  private static ChildCalls shell(String script) {
    return new ChildCalls(
        ChildProcess.start("shell", 1, new ProcessBuilder("sh", "-c", script)), 1);
  }

  @Test
  void aPercentileIsTheNearestRank() {
    double[] values = {7, 3, 10, 1, 9, 2, 8, 4, 6, 5};
    assertThat(Calls.percentile(values, 50)).isEqualTo(5);
    assertThat(Calls.percentile(values, 90)).isEqualTo(9);
    assertThat(Calls.percentile(values, 99)).isEqualTo(10);
    assertThat(Calls.percentile(new double[] {4}, 1)).isEqualTo(4);
  }

  @Test
  void aTurnIsItsMedianAndTheFirstTurnDoesNotCount() {
    String script = "read a; echo 9 9 9; read a; echo 1 2 3; read a; echo 6 5 4";
    try (ChildCalls calls = shell(script)) {
      assertThat(calls.seconds()).isEqualTo(9);
      assertThat(calls.seconds()).isEqualTo(2);
      assertThat(calls.seconds()).isEqualTo(5);
      assertThat(calls.percentile(99)).isEqualTo(6);
      assertThat(calls.percentile(50)).isEqualTo(3);
    }
  }

  @Test
  void aChildIsToldHowLongAndHowOften() {
    try (ChildCalls calls = shell("read a b c; echo $b $c")) {
      assertThat(calls.predict(0.5, 20)).containsExactly(0.5, 20);
    }
  }

  @Test
  void callsHereAreAsManyAsWereAskedForAtLeast() {
    SparseNetwork network = SparseNetwork.of(LENET_5.topology(), LENET_5.parameters());
    JavaCalls calls = JavaCalls.of("x", 1, network, new Examples(LENET_5.topology(), 1));
    assertThat(calls.predict(0, 3)).hasSize(3).doesNotContain(0);
  }

  @Test
  void allPredictTheSame() {
    NetworkParameters parameters = LENET_5.parameters();
    Examples examples = new Examples(LENET_5.topology(), 2);
    SparseNetwork network = SparseNetwork.of(LENET_5.topology(), parameters);
    float[] expected = JavaCalls.of("ours", 1, network, examples).firstAnswer();
    try (JavaCalls dl4j =
        JavaCalls.of(
            "dl4j",
            1,
            new Dl4jEngine()
                .predictor(Dl4jNetworks.render(LENET_5.dl4j()), LENET_5.forDl4j(parameters)),
            examples)) {
      assertAlike(dl4j.firstAnswer(), expected);
    }
    ChildCalls onnx =
        new ChildCalls(
            Children.onnxruntime("onnxruntime", LENET_5.topology(), parameters, examples), 1);
    try (onnx) {
      assumeThatCode(onnx::firstAnswer).as("onnxruntime is here").doesNotThrowAnyException();
      assertAlike(onnx.firstAnswer(), expected);
    }
  }

  private static void assertAlike(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  @Test
  void survivorsAreAsManyAsTheDensitiesSay() {
    InferenceCase layer = InferenceCase.layer("fc", 500, 400, 0.04);
    NetworkParameters parameters = layer.parameters();
    assertThat(parameters.mask().cardinality() / 200_000.0).isCloseTo(0.04, within(0.002));
    assertThat(layer.isWhole()).isFalse();
    assertThat(layer.densityText()).isEqualTo("4 %");
    assertThat(LENET_5.isWhole()).isTrue();
    assertThat(LENET_5.densityText()).isEqualTo("66 / 12 / 8 / 19 %");
  }
}
