package io.secateur.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The sample's digits as Spark writes them to Parquet, in two files. */
public final class SampleParquet {
  private static final int FILES = 2;

  private SampleParquet() {}

  /** How a column holds pixels. */
  public enum Images {
    BINARY,
    INTS,
    FLOATS;

    private DataType type() {
      return switch (this) {
        case BINARY -> DataTypes.BinaryType;
        case INTS -> DataTypes.createArrayType(DataTypes.IntegerType);
        case FLOATS -> DataTypes.createArrayType(DataTypes.FloatType);
      };
    }

    private Object of(byte[] pixels) {
      IntStream numbers = IntStream.range(0, pixels.length).map(i -> pixels[i] & 0xFF);
      return switch (this) {
        case BINARY -> pixels;
        case INTS -> numbers.boxed().toArray(Integer[]::new);
        case FLOATS -> numbers.mapToObj(pixel -> (float) pixel).toArray(Float[]::new);
      };
    }
  }

  /** Writes the folders "train" and "test". */
  public static DataFiles write(Path folder, Images images) {
    return write(
        folder, SampleDigits.trainRows(), SampleDigits.testRows(), images, Optional.empty());
  }

  /** The same in three channels: nothing, the digit, and its half. */
  public static DataFiles writeInColour(Path folder) {
    return write(
        folder,
        coloured(SampleDigits.trainRows()),
        coloured(SampleDigits.testRows()),
        Images.BINARY,
        Optional.of(new ImageShape(3, 28, 28)));
  }

  private static LabelledImages coloured(LabelledImages digits) {
    int plane = digits.pixelsPerRow();
    byte[] pixels = new byte[digits.count() * 3 * plane];
    for (int i = 0; i < digits.count() * plane; i++) {
      int to = i / plane * 3 * plane + i % plane;
      pixels[to + plane] = digits.pixels()[i];
      pixels[to + 2 * plane] = (byte) ((digits.pixels()[i] & 0xFF) / 2);
    }
    return LabelledImages.wrapping(
        pixels, digits.labels(), new ImageShape(3, 28, 28), digits.classes());
  }

  private static DataFiles write(
      Path folder,
      LabelledImages train,
      LabelledImages test,
      Images images,
      Optional<ImageShape> shape) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    try {
      write(spark, folder.resolve("train"), train, images);
      write(spark, folder.resolve("test"), test, images);
    } finally {
      spark.stop();
    }
    return DataFiles.parquet(
        folder.resolve("train").toUri(), folder.resolve("test").toUri(), shape);
  }

  private static void write(SparkSession spark, Path folder, LabelledImages digits, Images images) {
    List<Row> rows = new ArrayList<>();
    int size = digits.pixelsPerRow();
    for (int i = 0; i < digits.count(); i++) {
      byte[] pixels = Arrays.copyOfRange(digits.pixels(), i * size, (i + 1) * size);
      rows.add(RowFactory.create("row " + i, digits.label(i), images.of(pixels)));
    }
    StructType schema =
        new StructType()
            .add("name", DataTypes.StringType)
            .add("label", DataTypes.IntegerType)
            .add("image", images.type());
    spark
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, FILES),
            schema)
        .write()
        .parquet(folder.toUri().toString());
  }
}
