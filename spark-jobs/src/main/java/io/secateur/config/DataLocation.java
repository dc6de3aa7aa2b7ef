package io.secateur.config;

import io.secateur.data.ImageShape;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the digits are. */
public sealed interface DataLocation
    permits DataLocation.Mnist, DataLocation.Files, DataLocation.Parquet {
  /** The keys and values of the job file's {@code data}, its format first. */
  Map<String, Object> toOptions();

  /** MNIST from the user's cache, fetched by {@code data fetch mnist}. */
  record Mnist() implements DataLocation {
    @Override
    public Map<String, Object> toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("format", "idx");
      options.put("source", "mnist");
      return options;
    }
  }

  /** Four IDX files, gzip or not; absolute URIs, local or HDFS. */
  record Files(URI trainImages, URI trainLabels, URI testImages, URI testLabels)
      implements DataLocation {
    @Override
    public Map<String, Object> toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("format", "idx");
      options.put("train", pair(trainImages, trainLabels));
      options.put("test", pair(testImages, testLabels));
      return options;
    }

    private static Map<String, Object> pair(URI images, URI labels) {
      Map<String, Object> pair = new LinkedHashMap<>();
      pair.put("images", images.toString());
      pair.put("labels", labels.toString());
      return pair;
    }
  }

  /**
   * Parquet files or folders of them; absolute URIs, local or HDFS.
   *
   * @param shape of an image; empty for square ones of one channel
   */
  record Parquet(URI train, URI test, Optional<ImageShape> shape) implements DataLocation {
    @Override
    public Map<String, Object> toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
      options.put("format", "parquet");
      options.put("train", train.toString());
      options.put("test", test.toString());
      shape.ifPresent(
          known -> options.put("shape", List.of(known.channels(), known.height(), known.width())));
      return options;
    }
  }
}
