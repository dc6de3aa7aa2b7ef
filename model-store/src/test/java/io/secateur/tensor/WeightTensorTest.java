package io.secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WeightTensorTest {
  private static final Shape SHAPE = Shape.of(2, 3);

  @Test
  void negativeZeroIsAValue() {
    float[] values = {0, -0.0f, 0, 0, 1, 0};
    WeightTensor dense = DenseTensor.of(SHAPE, values);
    WeightTensor sparse = SparseTensor.of(SHAPE, new int[] {1, 4}, new float[] {-0.0f, 1});

    for (WeightTensor tensor : new WeightTensor[] {dense, sparse}) {
      assertThat(tensor.nonZeros()).isEqualTo(2);
      assertThat(tensor.density()).isEqualTo(2f / 6f);
      assertThat(DenseTensor.wrapping(SHAPE, tensor.toDense())).isEqualTo(dense);
    }
  }

  @Test
  void equalityIsByBits() {
    Shape one = Shape.of(1);
    assertThat(DenseTensor.of(one, new float[] {0.0f}))
        .isNotEqualTo(DenseTensor.of(one, new float[] {-0.0f}));
    assertThat(DenseTensor.of(one, new float[] {Float.NaN}))
        .isEqualTo(DenseTensor.of(one, new float[] {Float.NaN}));
    assertThat(SparseTensor.of(SHAPE, new int[] {1}, new float[] {2}))
        .isNotEqualTo(SparseTensor.of(SHAPE, new int[] {2}, new float[] {2}));
  }

  @Test
  void emptyTensorHasDensityZero() {
    assertThat(DenseTensor.of(Shape.of(0, 5), new float[0]).density()).isZero();
  }

  @Test
  void valuesThatDontFitTheShapeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DenseTensor.of(SHAPE, new float[5]))
        .withMessage("a tensor of shape [2, 3] was given 5 values");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseTensor.of(SHAPE, new int[2], new float[1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseTensor.of(SHAPE, new int[] {6}, new float[] {1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseTensor.of(SHAPE, new int[] {3, 3}, new float[] {1, 1}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseTensor.of(SHAPE, new int[] {3}, new float[] {0}))
        .withMessage("a sparse tensor was given a zero at index 3");
  }

  @Test
  void copiesAreCopies() {
    int[] indices = {1};
    float[] values = {2};
    SparseTensor tensor = SparseTensor.of(SHAPE, indices, values);
    indices[0] = 3;
    values[0] = 4;
    tensor.indices()[0] = 5;
    tensor.values()[0] = 5;

    assertThat(tensor.toDense()).containsExactly(0, 2, 0, 0, 0, 0);
  }
}
