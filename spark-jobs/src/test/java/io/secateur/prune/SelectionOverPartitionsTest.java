package io.secateur.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.tensor.Mask;
import io.secateur.train.SparkRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** The weights may lie on other machines: their histograms merge into the same cutoff. */
class SelectionOverPartitionsTest {
  @Test
  void histogramsOfPartitionsMergeIntoTheSortedAnswer() {
    Random random = new Random(11);
    float[] all = new float[10_007];
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.round(random.nextGaussian() * 1e4) / 1e5f;
    }
    int keep = 900;
    Cutoff cutoff;
    try (JavaSparkContext spark = SparkRuntime.open("local[2]", "selection")) {
      JavaRDD<float[]> chunks =
          spark.parallelize(
              List.of(
                  Arrays.copyOfRange(all, 0, 3000),
                  Arrays.copyOfRange(all, 3000, 3001),
                  Arrays.copyOfRange(all, 3001, all.length)),
              3);
      MagnitudeHistogram leading = merged(MagnitudeHistogram.byLeadingDigit(), chunks, -1);
      cutoff =
          Cutoff.find(
              leading,
              keep,
              digit -> merged(MagnitudeHistogram.byTrailingDigitOf(digit), chunks, digit));
    }

    float[] sorted = new float[all.length];
    for (int i = 0; i < all.length; i++) {
      sorted[i] = Math.abs(all[i]);
    }
    Arrays.sort(sorted);
    float threshold = sorted[sorted.length - keep];
    long above = 0;
    for (float value : sorted) {
      above += value > threshold ? 1 : 0;
    }
    assertThat(cutoff.magnitude()).isEqualTo(Float.floatToIntBits(threshold));
    assertThat(cutoff.ties()).isEqualTo(keep - above);
    Mask here =
        ThresholdSelector.keepLargest(
            all, Mask.full(all.length), List.of(new WeightRange("fc1", 0, all.length)), keep);
    assertThat(here.cardinality()).isEqualTo(keep);
  }

  private static MagnitudeHistogram merged(
      MagnitudeHistogram all, JavaRDD<float[]> chunks, int digit) {
    chunks.map(chunk -> histogram(chunk, digit)).collect().forEach(all::merge);
    return all;
  }

  private static MagnitudeHistogram histogram(float[] chunk, int digit) {
    MagnitudeHistogram part =
        digit < 0
            ? MagnitudeHistogram.byLeadingDigit()
            : MagnitudeHistogram.byTrailingDigitOf(digit);
    part.addAll(chunk, 0, chunk.length);
    return part;
  }
}
