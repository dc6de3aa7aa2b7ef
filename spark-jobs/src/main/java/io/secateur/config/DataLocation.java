package io.secateur.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the digits are. */
public sealed interface DataLocation permits DataLocation.Mnist, DataLocation.Files {
  /** The keys and values of the job file's {@code data}. */
  Map<String, Object> toOptions();

  /** MNIST from the user's cache, fetched by {@code data fetch mnist}. */
  record Mnist() implements DataLocation {
    @Override
    public Map<String, Object> toOptions() {
      return Map.of("source", "mnist");
    }
  }

  /** Four IDX files, gzip or not; absolute URIs, local or HDFS. */
  record Files(URI trainImages, URI trainLabels, URI testImages, URI testLabels)
      implements DataLocation {
    @Override
    public Map<String, Object> toOptions() {
      Map<String, Object> options = new LinkedHashMap<>();
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
}
