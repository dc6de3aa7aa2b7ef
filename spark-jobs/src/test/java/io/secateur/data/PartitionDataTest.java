package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.ClusterException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag$;

class PartitionDataTest {
  private static final int ROWS = 40_000;
  private static final int SIDE = 2;

  @TempDir Path folder;

  /** 39,990 rows train, in 3 partitions of 13,330: 14 chunks, the last of 18 rows. */
  private TrainingRows rows(int validation) throws Exception {
    byte[] pixels = new byte[ROWS * SIDE * SIDE];
    byte[] labels = new byte[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = (byte) (row % 10);
      pixels[4 * row] = (byte) row;
      pixels[4 * row + 1] = (byte) (row >> 8);
    }
    IdxFiles files = BigIdx.write(folder, pixels, labels, SIDE);
    return DataSplits.open(
            DataFiles.explicit(files, files), SplitOptions.validating(validation), 10)
        .trainingRows();
  }

  private static List<RowChunk> chunks(TrainingRows rows, int partition, int partitions) {
    List<RowChunk> chunks = new ArrayList<>();
    try (ChunkReader reader = rows.chunks(new Configuration(), partition, partitions)) {
      reader.forEachRemaining(chunks::add);
    }
    return chunks;
  }

  @Test
  void partitionsDifferByOneRowAtMostAndMissNone() throws Exception {
    for (int validation : new int[] {1, 10, 11}) {
      TrainingRows rows = rows(validation);
      for (int partitions : new int[] {1, 2, 3, 7, 64}) {
        int[] sizes = new int[partitions];
        Arrays.setAll(sizes, partition -> rows.rowsOf(partition, partitions));
        assertThat(Arrays.stream(sizes).sum()).isEqualTo(ROWS - validation);
        assertThat(Arrays.stream(sizes).max().orElseThrow())
            .isBetween(sizes[partitions - 1], sizes[partitions - 1] + 1);
      }
    }
  }

  @Test
  void chunksHold1024RowsInTheirOrder() throws Exception {
    TrainingRows rows = rows(10);
    List<RowChunk> chunks = chunks(rows, 2, 3);
    assertThat(chunks).hasSize(14);
    assertThat(chunks.get(12).rows()).isEqualTo(1024);
    assertThat(chunks.get(13).rows()).isEqualTo(18);
    int row = 2;
    for (RowChunk chunk : chunks) {
      for (int i = 0; i < chunk.rows(); i++) {
        assertThat(chunk.labels()[i]).isEqualTo((short) (row % 10));
        assertThat(chunk.pixels()[4 * i]).isEqualTo((byte) row);
        assertThat(chunk.pixels()[4 * i + 1]).isEqualTo((byte) (row >> 8));
        row += 3;
      }
    }
    assertThat(row).isEqualTo(39_992);
  }

  @Test
  void aReaderGetsTheSameBytesFromDiskAsFromMemory() throws Exception {
    TrainingRows rows = rows(10);
    int partitions = 2; // of 19,995 rows: a window of 16 chunks and one of 4
    List<RowChunk> chunks = chunks(rows, 1, partitions);
    PartitionData memory = PartitionData.inMemory(rows, 1, partitions, chunks.iterator());
    File place = folder.resolve("spill").toFile();
    try (PartitionData disk = PartitionData.onDisk(rows, 1, partitions, chunks.iterator(), place)) {
      assertThat(place).doesNotExist();
      MinibatchReader fromMemory = reader(memory);
      MinibatchReader fromDisk = reader(disk);
      float[] expected = new float[64 * 4];
      float[] found = new float[64 * 4];
      int[] expectedLabels = new int[64];
      int[] foundLabels = new int[64];
      for (int epoch : new int[] {0, 1, 0}) {
        fromMemory.startEpoch(epoch);
        fromDisk.startEpoch(epoch);
        assertThat(fromDisk.minibatches()).isEqualTo(313);
        for (int minibatch = 0; minibatch < 313; minibatch++) {
          int count = fromMemory.read(minibatch, expected, expectedLabels);
          assertThat(fromDisk.read(minibatch, found, foundLabels)).isEqualTo(count);
          assertThat(found).isEqualTo(expected);
          assertThat(foundLabels).isEqualTo(expectedLabels);
        }
      }
      // one window, not the 79,980 bytes of the partition; in memory nothing of its own
      assertThat(fromDisk.residentBytes()).isEqualTo(16 * 1024 * 4);
      assertThat(fromMemory.residentBytes()).isZero();
    }
  }

  @Test
  void aWindowOfLargeImagesIsNotHeldInMemory() throws Exception {
    TrainingRows rows = rows(10);
    List<RowChunk> chunks = chunks(rows, 0, 2);
    DiskPixels disk = DiskPixels.create(folder.resolve("spill").toFile(), 19_995, 4, 60_000);
    chunks.forEach(chunk -> disk.append(chunk.pixels()));
    PixelWindow byRow = disk.window();
    EpochWindows order = new EpochWindows(3, 0, 19_995);
    order.startEpoch(5);
    for (int position = 0; position < 19_995; position += 97) {
      order.seek(position);
      byRow.load(order);
      int row = order.row(position);
      byte[] pixels = byRow.array(row);
      assertThat(pixels[byRow.offset(row)]).isEqualTo((byte) (2 * row));
      assertThat(pixels[byRow.offset(row) + 1]).isEqualTo((byte) ((2 * row) >> 8));
    }
    assertThat(byRow.residentBytes()).isEqualTo(4);
    disk.close();
  }

  /** The slower of two attempts of a task is interrupted. */
  @Test
  void anInterruptedReaderLeavesTheFileToTheOthers() throws Exception {
    TrainingRows rows = rows(10);
    PartitionData disk =
        PartitionData.onDisk(
            rows, 0, 2, chunks(rows, 0, 2).iterator(), folder.resolve("spill").toFile());
    Thread interrupted =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              MinibatchReader reader = reader(disk);
              reader.startEpoch(0);
              reader.read(0, new float[256], new int[64]);
            });
    interrupted.start();
    interrupted.join();
    MinibatchReader reader = reader(disk);
    reader.startEpoch(0);
    assertThat(reader.read(300, new float[256], new int[64])).isEqualTo(64);
    disk.close();
  }

  @Test
  void aFolderThatCannotBeWrittenIsAProblemOfTheCluster() throws Exception {
    TrainingRows rows = rows(10);
    File place = folder.resolve("missing/spill").toFile();
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(() -> PartitionData.onDisk(rows, 0, 2, chunks(rows, 0, 2).iterator(), place))
        .withMessageContaining("spark.local.dir");
  }

  @Test
  void chunksSurviveKryoAndJavaSerialisation() throws Exception {
    RowChunk chunk = chunks(rows(10), 0, 3).get(13);
    SparkConf conf =
        new SparkConf(false)
            .set("spark.kryo.registrationRequired", "true")
            .registerKryoClasses(new Class<?>[] {RowChunk.class});
    for (SerializerInstance serializer :
        List.of(
            new KryoSerializer(conf).newInstance(),
            new JavaSerializer(new SparkConf(false)).newInstance())) {
      RowChunk back =
          serializer.deserialize(
              serializer.serialize(chunk, ClassTag$.MODULE$.apply(RowChunk.class)),
              ClassTag$.MODULE$.apply(RowChunk.class));
      assertThat(back.pixels()).isEqualTo(chunk.pixels());
      assertThat(back.labels()).isEqualTo(chunk.labels());
    }
  }

  @Test
  void chunksThatAreMissingAreNoticed() throws Exception {
    TrainingRows rows = rows(10);
    List<RowChunk> chunks = chunks(rows, 0, 3);
    assertThatThrownBy(() -> PartitionData.inMemory(rows, 0, 3, chunks.subList(0, 13).iterator()));
    assertThatThrownBy(() -> PartitionData.inMemory(rows, 0, 6, chunks.iterator()))
        .hasMessageContaining("more chunks");
  }

  private static MinibatchReader reader(PartitionData data) {
    return new MinibatchReader(data, 64, ShiftAugmentation.upTo(1, 7), 7);
  }
}
