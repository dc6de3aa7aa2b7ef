package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShiftAugmentationTest {
  private static final byte[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}; // 3 x 4

  @Test
  void rightAndDownUncoversTheLeftColumnAndTheTopRow() {
    assertThat(shifted(1, 1)).containsExactly(0, 0, 0, 0, 0, 1, 2, 3, 0, 5, 6, 7);
  }

  @Test
  void leftAndUpUncoversTheRightColumnsAndTheBottomRow() {
    assertThat(shifted(-2, -1)).containsExactly(7, 8, 0, 0, 11, 12, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void beyondTheImageNothingIsLeft() {
    assertThat(shifted(4, 0)).containsOnly(0);
    assertThat(shifted(0, -9)).containsOnly(0);
  }

  @Property
  void agreesWithTheSlowDefinition(
      @ForAll @IntRange(min = 1, max = 3) int channels,
      @ForAll @IntRange(min = 1, max = 6) int height,
      @ForAll @IntRange(min = 1, max = 6) int width,
      @ForAll @IntRange(min = -8, max = 8) int dx,
      @ForAll @IntRange(min = -8, max = 8) int dy,
      @ForAll long seed) {
    byte[] images = new byte[2 * channels * height * width];
    RandomStream random = Seeds.random(seed);
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) random.nextInt(256);
    }
    int size = channels * height * width;
    float[] expected = new float[size + 2];
    Arrays.fill(expected, -1f);
    for (int i = 0; i < size; i++) {
      int y = i / width % height - dy;
      int x = i % width - dx;
      boolean covered = y >= 0 && y < height && x >= 0 && x < width;
      int pixel = covered ? images[size + i - dy * width - dx] & 0xFF : 0;
      expected[1 + i] = pixel / 255f;
    }
    float[] features = new float[size + 2];
    Arrays.fill(features, -1f);
    ShiftAugmentation.write(
        images, size, new ImageShape(channels, height, width), dx, dy, features, 1);
    assertThat(features).isEqualTo(expected);
  }

  @Test
  void allShiftsAreEquallyLikely() {
    ShiftAugmentation shifts = ShiftAugmentation.upTo(1, 1L);
    int[] counts = new int[9];
    long epoch = shifts.epochSeed(0);
    for (int row = 0; row < 90_000; row++) {
      int shift = shifts.shiftOf(epoch, row);
      counts[(shifts.dy(shift) + 1) * 3 + shifts.dx(shift) + 1]++;
    }
    // 10,000 expected, standard deviation 94
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isCloseTo(10_000, within(450)));
  }

  @Test
  void aRowsShiftChangesWithTheEpochAndTheSeedOnly() {
    ShiftAugmentation shifts = ShiftAugmentation.upTo(2, 1L);
    assertThat(first100(shifts, 4)).isEqualTo(first100(ShiftAugmentation.upTo(2, 1L), 4));
    assertThat(first100(shifts, 4)).isNotEqualTo(first100(shifts, 5));
    assertThat(first100(shifts, 4)).isNotEqualTo(first100(ShiftAugmentation.upTo(2, 2L), 4));
  }

  @Test
  void noneMovesNothing() {
    ShiftAugmentation none = ShiftAugmentation.none();
    int shift = none.shiftOf(none.epochSeed(3), 17);
    assertThat(none.dx(shift)).isZero();
    assertThat(none.dy(shift)).isZero();
  }

  @Test
  void negativeShiftIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ShiftAugmentation.upTo(-1, 1L))
        .withMessageContaining("-1 pixels");
  }

  private static int[] first100(ShiftAugmentation shifts, int epoch) {
    int[] numbers = new int[100];
    long epochSeed = shifts.epochSeed(epoch);
    Arrays.setAll(numbers, row -> shifts.shiftOf(epochSeed, row));
    return numbers;
  }

  private static int[] shifted(int dx, int dy) {
    float[] features = new float[12];
    Arrays.fill(features, -1f);
    ShiftAugmentation.write(IMAGE, 0, new ImageShape(1, 3, 4), dx, dy, features, 0);
    int[] pixels = new int[12];
    Arrays.setAll(pixels, i -> Math.round(features[i] * 255));
    return pixels;
  }
}
