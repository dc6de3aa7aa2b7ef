package io.secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Against lists of booleans, which are slow and plain. */
class MaskTest {
  private static Mask mask(List<Boolean> bits) {
    return Mask.where(bits.size(), bits::get);
  }

  private static List<Boolean> bits(Mask mask) {
    List<Boolean> bits = new ArrayList<>();
    for (int i = 0; i < mask.length(); i++) {
      bits.add(mask.get(i));
    }
    return bits;
  }

  @Example
  void bytesAreLowestBitFirst() {
    Mask mask = Mask.ofNonZero(new float[] {1, 0, 0, 2, 0, 0, 0, 0, 0, 3});

    assertThat(mask.toBytes()).containsExactly(0b0000_1001, 0b0000_0010);
    assertThat(mask.indices()).containsExactly(0, 3, 9);
    assertThat(mask).hasToString("Mask[3 of 10]");
  }

  @Example
  void bothZerosAreAbsentAndNaNIsPresent() {
    float[] values = {0.0f, -0.0f, Float.NaN, Float.MIN_VALUE};

    assertThat(Mask.ofNonZero(values).indices()).containsExactly(2, 3);
  }

  @Property
  void bytesRoundTrip(@ForAll @Size(max = 300) List<Boolean> bits) {
    Mask mask = mask(bits);

    assertThat(Mask.fromBytes(bits.size(), mask.toBytes())).isEqualTo(mask).hasSameHashCodeAs(mask);
    assertThat(bits(mask)).isEqualTo(bits);
    assertThat(mask.cardinality()).isEqualTo(bits.stream().filter(bit -> bit).count());
  }

  @Example
  void everySliceIsTheSubListAndSlicesConcatenateToTheWhole() {
    Random random = new Random(5);
    everySliceOf(Stream.generate(random::nextBoolean).limit(140).toList());
    everySliceOf(Stream.generate(() -> true).limit(140).toList());
  }

  private static void everySliceOf(List<Boolean> bits) {
    Mask mask = mask(bits);
    for (int from = 0; from <= bits.size(); from++) {
      for (int to = from; to <= bits.size(); to++) {
        Mask slice = mask.slice(from, to - from);
        assertThat(slice).isEqualTo(mask(bits.subList(from, to)));
        assertThat(
                Mask.concat(List.of(mask.slice(0, from), slice, mask.slice(to, bits.size() - to))))
            .isEqualTo(mask);
      }
    }
  }

  @Property
  void concatIsTheJoinedList(@ForAll @Size(max = 5) List<@Size(max = 150) List<Boolean>> parts) {
    List<Boolean> joined = parts.stream().flatMap(List::stream).toList();

    assertThat(Mask.concat(parts.stream().map(MaskTest::mask).toList())).isEqualTo(mask(joined));
  }

  @Property
  void scatterUndoesGatherAndWritesPositiveZeros(@ForAll @Size(max = 200) List<Boolean> bits) {
    Mask mask = mask(bits);
    float[] dense = new float[bits.size()];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = i % 3 == 0 ? -0.0f : i + 1;
    }
    float[] survivors = mask.gather(dense);
    float[] scattered = new float[dense.length];
    Arrays.fill(scattered, 9);
    mask.scatter(survivors, scattered);
    mask.zeroAbsent(dense);

    assertThat(survivors).hasSize(mask.cardinality());
    for (int i = 0; i < dense.length; i++) {
      float original = i % 3 == 0 ? -0.0f : i + 1;
      int expected = Float.floatToRawIntBits(bits.get(i) ? original : 0.0f);
      assertThat(Float.floatToRawIntBits(scattered[i])).isEqualTo(expected);
      assertThat(Float.floatToRawIntBits(dense[i])).isEqualTo(expected);
    }
  }

  @Property
  void subsetIsImplication(
      @ForAll @Size(130) List<Boolean> some, @ForAll @Size(130) List<Boolean> others) {
    Mask both = Mask.where(130, i -> some.get(i) && others.get(i));
    boolean implied = true;
    for (int i = 0; i < 130; i++) {
      implied &= !some.get(i) || others.get(i);
    }

    assertThat(mask(some).isSubsetOf(mask(others))).isEqualTo(implied);
    assertThat(both.isSubsetOf(mask(some))).isTrue();
    assertThat(mask(some).isSubsetOf(Mask.full(130))).isTrue();
  }

  @Example
  void fullMasksHaveEveryIndexAndNoneBeyond() {
    for (int length : new int[] {0, 1, 63, 64, 65, 128, 1_000}) {
      Mask full = Mask.full(length);
      assertThat(full.cardinality()).isEqualTo(length);
      assertThat(full).isEqualTo(Mask.where(length, i -> true));
    }
  }

  @Example
  void bitmapsThatDontFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.fromBytes(10, new byte[3]))
        .withMessage("a mask of 10 bits is 2 bytes, found 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mask.fromBytes(10, new byte[] {0, 0b100}))
        .withMessageContaining("bits set after the last index");
    assertThatIllegalArgumentException().isThrownBy(() -> Mask.full(-1));
  }

  @Example
  void lengthsThatDifferAreRefused() {
    Mask mask = Mask.full(10);
    assertThatIllegalArgumentException().isThrownBy(() -> mask.gather(new float[9]));
    assertThatIllegalArgumentException().isThrownBy(() -> mask.zeroAbsent(new float[11]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mask.scatter(new float[9], new float[10]));
    assertThatIllegalArgumentException().isThrownBy(() -> mask.isSubsetOf(Mask.full(11)));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mask.get(10));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mask.slice(5, 6));
  }
}
