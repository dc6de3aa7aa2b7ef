package io.secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.secateur.data.ImageShape;
import io.secateur.data.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
  private static final ImageShape PIXEL = new ImageShape(1, 1, 1);

  /** Predicts what the single pixel of an example says. */
  private static final class Scripted implements Predictor {
    private final float[][] answers;
    private final List<Integer> batches = new ArrayList<>();

    Scripted(float[]... answers) {
      this.answers = answers;
    }

    @Override
    public void predict(float[] features, int count, float[] outputs) {
      batches.add(count);
      for (int row = 0; row < count; row++) {
        float[] answer = answers[Math.round(features[row] * 255)];
        System.arraycopy(answer, 0, outputs, row * answer.length, answer.length);
      }
    }

    @Override
    public int outputs() {
      return answers[0].length;
    }

    @Override
    public void close() {}
  }

  @Test
  void errorsAreCountedAndTheLossIsMeanCrossEntropy() {
    Scripted predictor = new Scripted(new float[] {0.5f, 0.5f}, new float[] {0.25f, 0.75f});
    LabelledImages images =
        LabelledImages.wrapping(new byte[] {0, 0, 1, 1}, new short[] {0, 1, 0, 1}, PIXEL, 2);
    Evaluation evaluation = Evaluator.evaluate(predictor, images);
    // a tie is the first class: row 1 is wrong, and so is row 2
    assertThat(evaluation.errors()).isEqualTo(2);
    assertThat(evaluation.errorPercent()).isEqualTo(50.0);
    // -(2 ln 0.5 + ln 0.25 + ln 0.75) / 4
    assertThat(evaluation.loss()).isCloseTo(0.7650682, within(1e-6));
  }

  @Test
  void anOutputThatIsNotANumberIsAnError() {
    Scripted predictor = new Scripted(new float[] {0.9f, Float.NaN});
    LabelledImages images = LabelledImages.wrapping(new byte[1], new short[1], PIXEL, 2);
    assertThat(Evaluator.evaluate(predictor, images).errors()).isEqualTo(1);
  }

  @Test
  void batchesAreSixtyFourAndTheLastIsShort() {
    Scripted predictor = new Scripted(new float[] {1f, 0f});
    LabelledImages images = LabelledImages.wrapping(new byte[130], new short[130], PIXEL, 2);
    assertThat(Evaluator.evaluate(predictor, images).errors()).isZero();
    assertThat(predictor.batches).containsExactly(64, 64, 2);
  }
}
