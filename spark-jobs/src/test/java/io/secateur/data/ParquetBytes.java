package io.secateur.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Small Parquet files of any schema. */
final class ParquetBytes {
  private final MessageType schema;
  private final List<Group> rows = new ArrayList<>();
  private long rowGroupBytes = 1 << 20;

  /**
   * @param columns in Parquet's own notation
   */
  ParquetBytes(String columns) {
    this.schema = MessageTypeParser.parseMessageType("message table {" + columns + "}");
  }

  /** The size at which a row group ends, looked at now and then. */
  ParquetBytes rowGroupsOf(long bytes) {
    rowGroupBytes = bytes;
    return this;
  }

  /** A row whose image is binary; null is null. */
  ParquetBytes row(Integer label, byte[] image) {
    Group row = new SimpleGroup(schema);
    if (label != null) {
      row.add("label", (int) label);
    }
    if (image != null) {
      row.add("image", Binary.fromConstantByteArray(image));
    }
    rows.add(row);
    return this;
  }

  /** A row whose image is a list in three levels, of a long label; null is null. */
  ParquetBytes row(long label, Object... pixels) {
    Group row = new SimpleGroup(schema);
    row.add("label", label);
    if (pixels != null) {
      Group list = row.addGroup("image");
      for (Object pixel : pixels) {
        Group element = list.addGroup("list");
        if (pixel instanceof Integer number) {
          element.add("element", (int) number);
        } else if (pixel instanceof Long number) {
          element.add("element", (long) number);
        } else if (pixel instanceof Float number) {
          element.add("element", (float) number);
        } else if (pixel instanceof Double number) {
          element.add("element", (double) number);
        }
      }
    }
    rows.add(row);
    return this;
  }

  /** Writes the file over what is there, without a checksum file beside it. */
  Path write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withType(schema)
            .withRowGroupSize(rowGroupBytes)
            .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    return file;
  }
}
