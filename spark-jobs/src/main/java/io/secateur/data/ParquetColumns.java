package io.secateur.data;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * The two columns of one file, their types checked.
 *
 * @param projection of the file's schema to the two
 * @param image one value a row when it is binary, else one value a pixel
 * @param label one value a row
 */
record ParquetColumns(MessageType projection, ColumnDescriptor image, ColumnDescriptor label) {
  /**
   * Finds the columns in a file's schema.
   *
   * @throws io.secateur.error.DataException naming the column that is missing or has another type
   */
  static ParquetColumns of(MessageType schema, String file) {
    Type image = field(schema, ParquetErrors.IMAGE, file);
    Type label = field(schema, ParquetErrors.LABEL, file);
    MessageType projection = new MessageType(schema.getName(), image, label);
    ColumnDescriptor images = only(projection, image, file);
    ColumnDescriptor labels = only(projection, label, file);
    boolean bytes = images.getPath().length == 1 && isBytes(images.getPrimitiveType());
    boolean numbers = images.getMaxRepetitionLevel() == 1 && isNumber(images.getPrimitiveType());
    if (!(numbers || (bytes && images.getMaxRepetitionLevel() == 0))) {
      throw wrong(image, file);
    }
    if (labels.getPath().length != 1
        || labels.getMaxRepetitionLevel() != 0
        || !isInteger(labels.getPrimitiveType())) {
      throw wrong(label, file);
    }
    return new ParquetColumns(projection, images, labels);
  }

  /** One value holds all pixels of an image. */
  boolean imagesAreBytes() {
    return image.getMaxRepetitionLevel() == 0;
  }

  private static Type field(MessageType schema, String column, String file) {
    if (!schema.containsField(column)) {
      String there = schema.getFields().stream().map(Type::getName).collect(joining(", "));
      throw ParquetErrors.column(column, "no column " + column + " (but " + there + ")", file);
    }
    return schema.getType(column);
  }

  private static ColumnDescriptor only(MessageType projection, Type field, String file) {
    List<ColumnDescriptor> leaves =
        projection.getColumns().stream()
            .filter(column -> column.getPath()[0].equals(field.getName()))
            .toList();
    if (leaves.size() != 1) {
      throw wrong(field, file);
    }
    return leaves.get(0);
  }

  private static RuntimeException wrong(Type field, String file) {
    return ParquetErrors.column(
        field.getName(), "column " + field.getName() + " as " + words(field), file);
  }

  private static String words(Type type) {
    if (type.isPrimitive()) {
      LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
      String name = type.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
      return (type.isRepetition(Type.Repetition.REPEATED) ? "repeated " : "")
          + name
          + (logical == null ? "" : " (" + logical.toString().toLowerCase(Locale.ROOT) + ")");
    }
    return "a group of "
        + type.asGroupType().getFields().stream()
            .map(field -> field.getName() + ": " + words(field))
            .collect(joining(", "));
  }

  private static boolean isBytes(PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    return type.getLogicalTypeAnnotation() == null
        && (name == PrimitiveTypeName.BINARY || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
  }

  private static boolean isInteger(PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return (name == PrimitiveTypeName.INT32 || name == PrimitiveTypeName.INT64)
        && (logical == null || logical instanceof IntLogicalTypeAnnotation);
  }

  private static boolean isNumber(PrimitiveType type) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    return isInteger(type) || name == PrimitiveTypeName.FLOAT || name == PrimitiveTypeName.DOUBLE;
  }
}
