package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MinibatchReaderTest {
  /** Ten images of 1 x 2 pixels: image i has the pixels i, 250 and the label i mod 3. */
  private static final LabelledImages TEN = ten();

  @Test
  void anEpochVisitsEveryRowOnceAndEndsShort() {
    MinibatchReader reader = new MinibatchReader(whole(TEN), 4, ShiftAugmentation.none(), 1);
    reader.startEpoch(0);
    assertThat(reader.minibatches()).isEqualTo(3);
    float[] features = new float[8];
    int[] labels = new int[4];
    int[] counts = new int[3];
    boolean[] seen = new boolean[10];
    for (int minibatch = 0; minibatch < 3; minibatch++) {
      counts[minibatch] = reader.read(minibatch, features, labels);
      for (int i = 0; i < counts[minibatch]; i++) {
        int image = Math.round(features[2 * i] * 255);
        assertThat(features[2 * i + 1]).isEqualTo(250 / 255f);
        assertThat(labels[i]).isEqualTo(image % 3);
        assertThat(seen[image]).isFalse();
        seen[image] = true;
      }
    }
    assertThat(counts).containsExactly(4, 4, 2);
    assertThat(seen).containsOnly(true);
  }

  @Test
  void rowsComeInTheOrderOfTheEpoch() {
    MinibatchReader reader = new MinibatchReader(whole(TEN), 10, ShiftAugmentation.none(), 5);
    for (int epoch : new int[] {3, 0, 3}) {
      reader.startEpoch(epoch);
      float[] features = new float[20];
      reader.read(0, features, new int[10]);
      int[] images = new int[10];
      Arrays.setAll(images, i -> Math.round(features[2 * i] * 255));
      assertThat(images).isEqualTo(EpochOrder.of(5, epoch, 0, 10));
    }
  }

  @Test
  void aRowIsShiftedAlikeHoweverManyPartitionsThereAre() {
    LabelledImages digits = SampleDigits.trainRows();
    assertThat(shiftedRows(digits, 3)).containsExactlyInAnyOrderEntriesOf(shiftedRows(digits, 1));
  }

  @Test
  void nothingIsAllocatedPerMinibatch() {
    PartitionData data = whole(SampleDigits.trainRows());
    MinibatchReader reader = new MinibatchReader(data, 64, ShiftAugmentation.upTo(1, 1), 1);
    reader.startEpoch(0);
    float[] features = new float[64 * 784];
    int[] labels = new int[64];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 200; i++) {
        reader.read(i % reader.minibatches(), features, labels);
      }
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(allocated).isLessThan(200); // the measuring itself; below a byte a minibatch
  }

  @Test
  void scalesAsTheEvaluatorsInput() {
    LabelledImages digits = SampleDigits.trainRows().range(0, 8);
    float[] expected = new float[8 * 784];
    digits.fill(0, 8, expected, new int[8]);
    MinibatchReader reader = new MinibatchReader(whole(digits), 8, ShiftAugmentation.none(), 1);
    reader.startEpoch(0);
    float[] features = new float[8 * 784];
    reader.read(0, features, new int[8]);
    int[] order = EpochOrder.of(1, 0, 0, 8);
    for (int i = 0; i < 8; i++) {
      assertThat(Arrays.copyOfRange(features, i * 784, (i + 1) * 784))
          .isEqualTo(Arrays.copyOfRange(expected, order[i] * 784, (order[i] + 1) * 784));
    }
  }

  @Test
  void readingBeforeAnEpochIsRefused() {
    MinibatchReader reader = new MinibatchReader(whole(TEN), 4, ShiftAugmentation.none(), 1);
    assertThatIllegalStateException()
        .isThrownBy(() -> reader.read(0, new float[8], new int[4]))
        .withMessageContaining("no epoch");
  }

  /** Global row to the shifted image that some worker sees in epoch 2. */
  private static Map<Long, Integer> shiftedRows(LabelledImages digits, int partitions) {
    Map<Long, Integer> rows = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      PartitionData data = PartitionData.of(digits, partition, partitions);
      MinibatchReader reader = new MinibatchReader(data, 1, ShiftAugmentation.upTo(2, 9), 1);
      reader.startEpoch(2);
      int[] order = EpochOrder.of(1, 2, partition, data.rows());
      float[] features = new float[784];
      for (int i = 0; i < data.rows(); i++) {
        reader.read(i, features, new int[1]);
        rows.put(data.globalRow(order[i]), Arrays.hashCode(features));
      }
    }
    return rows;
  }

  private static PartitionData whole(LabelledImages rows) {
    return PartitionData.of(rows, 0, 1);
  }

  private static LabelledImages ten() {
    byte[] pixels = new byte[20];
    short[] labels = new short[10];
    for (int i = 0; i < 10; i++) {
      pixels[2 * i] = (byte) i;
      pixels[2 * i + 1] = (byte) 250;
      labels[i] = (short) (i % 3);
    }
    return LabelledImages.wrapping(pixels, labels, new ImageShape(1, 1, 2), 3);
  }
}
