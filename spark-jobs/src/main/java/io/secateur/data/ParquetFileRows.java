package io.secateur.data;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The rows of one Parquet file, in order: only the two columns are read, one row group in memory at
 * a time. Not thread-safe.
 */
final class ParquetFileRows implements Closeable {
  private static final String NOT_NULL = "a value in every row";

  private final String file;
  private final int classes;
  private final ParquetFileReader reader;
  private final ParquetColumns columns;
  private final String createdBy;
  private byte[] pixels = new byte[1024];
  private int length;
  private int label;
  private ColumnReader images;
  private ColumnReader labels;
  private long leftInGroup;
  private long row = -1;

  private ParquetFileRows(String file, int classes, ParquetFileReader reader) {
    this.file = file;
    this.classes = classes;
    this.reader = reader;
    this.columns = ParquetColumns.of(reader.getFileMetaData().getSchema(), file);
    this.createdBy = reader.getFileMetaData().getCreatedBy();
    reader.setRequestedSchema(columns.projection());
  }

  /**
   * Opens a file and checks its schema.
   *
   * @throws io.secateur.error.DataException when it is no Parquet file, or a column is missing or
   *     of another type
   */
  static ParquetFileRows open(Configuration configuration, FileStatus status, int classes)
      throws IOException {
    ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(status, configuration));
    try {
      return new ParquetFileRows(status.getPath().toString(), classes, reader);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Rows of the whole file. */
  long count() {
    return reader.getRecordCount();
  }

  /** Goes to the next row; there has to be one. */
  void next() throws IOException {
    while (leftInGroup == 0) {
      PageReadStore group = reader.readNextRowGroup();
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              group, new NoGroup(columns.projection()), columns.projection(), createdBy);
      images = store.getColumnReader(columns.image());
      labels = store.getColumnReader(columns.label());
      leftInGroup = group.getRowCount();
    }
    leftInGroup--;
    row++;
    readLabel();
    length = 0;
    if (columns.imagesAreBytes()) {
      readBytes();
    } else {
      readNumbers();
    }
  }

  /** The place of the current row in the file, counted from 0. */
  long row() {
    return row;
  }

  /** The pixels of the current row are the first so many of {@link #pixels()}. */
  int length() {
    return length;
  }

  byte[] pixels() {
    return pixels;
  }

  int label() {
    return label;
  }

  String file() {
    return file;
  }

  private void readLabel() {
    if (labels.getCurrentDefinitionLevel() < columns.label().getMaxDefinitionLevel()) {
      throw wrong(ParquetErrors.LABEL, "null", NOT_NULL);
    }
    boolean isLong =
        columns.label().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    long value = isLong ? labels.getLong() : labels.getInteger();
    if (value < 0 || value >= classes) {
      throw wrong(
          ParquetErrors.LABEL,
          String.valueOf(value),
          "labels from 0 to " + (classes - 1) + ", the classes of the network");
    }
    label = (int) value;
    labels.consume();
  }

  private void readBytes() {
    if (images.getCurrentDefinitionLevel() < columns.image().getMaxDefinitionLevel()) {
      throw wrong(ParquetErrors.IMAGE, "null", NOT_NULL);
    }
    Binary value = images.getBinary();
    reserve(value.length());
    value.toByteBuffer().get(pixels, 0, value.length());
    length = value.length();
    images.consume();
  }

  /** An array's values follow each other; repetition level 0 begins the next row. */
  private void readNumbers() {
    PrimitiveTypeName type = columns.image().getPrimitiveType().getPrimitiveTypeName();
    int present = columns.image().getMaxDefinitionLevel();
    do {
      int level = images.getCurrentDefinitionLevel();
      if (level < present) {
        requireEmpty(level);
      } else {
        int pixel = pixel(type);
        reserve(length + 1);
        pixels[length] = (byte) pixel;
        length++;
      }
      images.consume();
    } while (images.getCurrentRepetitionLevel() != 0);
  }

  /** What is not there may be the array, its only value, or all values of an empty array. */
  private void requireEmpty(int level) {
    Type field = columns.projection().getType(ParquetErrors.IMAGE);
    boolean elementMayBeNull =
        columns.image().getPrimitiveType().isRepetition(Type.Repetition.OPTIONAL);
    if (level == 0 && field.isRepetition(Type.Repetition.OPTIONAL)) {
      throw wrong(ParquetErrors.IMAGE, "null", NOT_NULL);
    }
    if (elementMayBeNull && level == columns.image().getMaxDefinitionLevel() - 1) {
      throw wrong(ParquetErrors.IMAGE, "null at pixel " + length, "a number for every pixel");
    }
  }

  private int pixel(PrimitiveTypeName type) {
    double value =
        switch (type) {
          case INT32 -> images.getInteger();
          case INT64 -> images.getLong();
          case FLOAT -> images.getFloat();
          default -> images.getDouble();
        };
    int pixel = (int) value;
    if (pixel != value || pixel < 0 || pixel > 255) {
      String number = value == Math.rint(value) ? String.format("%.0f", value) : "" + value;
      throw wrong(
          ParquetErrors.IMAGE,
          number + " at pixel " + length,
          "whole numbers from 0 to 255: pixels are scaled by 1/255 here");
    }
    return pixel;
  }

  private void reserve(int size) {
    if (size > RowStream.MOST_PIXELS) {
      throw wrong(
          ParquetErrors.IMAGE,
          "an image of more than " + RowStream.MOST_PIXELS + " pixels",
          "at most so many");
    }
    if (size > pixels.length) {
      pixels = Arrays.copyOf(pixels, Math.max(size, 2 * pixels.length));
    }
  }

  private RuntimeException wrong(String column, String found, String expected) {
    return ParquetErrors.value(column, found, row, file, expected);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** Parquet's column readers want converters; values are taken from them directly here. */
  private static final class NoGroup extends GroupConverter {
    private final GroupType type;

    NoGroup(GroupType type) {
      this.type = type;
    }

    @Override
    public Converter getConverter(int field) {
      Type inner = type.getType(field);
      return inner.isPrimitive() ? new PrimitiveConverter() {} : new NoGroup(inner.asGroupType());
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
