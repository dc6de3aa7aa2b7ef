package io.secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void elementsAreTheProductOfTheDimensions() {
    assertThat(Shape.of(300, 784).elements()).isEqualTo(235_200);
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0).elements()).isZero();
    assertThat(Shape.of(Integer.MAX_VALUE).elements()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void moreElementsThanAnIntCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(65_536, 32_768))
        .withMessage("a shape has at most 2147483647 elements, found [65536, 32768]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 4, 1 << 30));
  }

  @Test
  void negativeDimensionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(3, -1))
        .withMessage("a shape has no negative dimension, found [3, -1]");
  }

  @Test
  void arraysGoInAndOutAsCopies() {
    int[] dims = {2, 5};
    Shape shape = Shape.of(dims);
    dims[0] = 9;
    shape.toArray()[1] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 5)).hasToString("[2, 5]").isNotEqualTo(Shape.of(5, 2));
    assertThat(shape.rank()).isEqualTo(2);
    assertThat(shape.dim(1)).isEqualTo(5);
  }
}
