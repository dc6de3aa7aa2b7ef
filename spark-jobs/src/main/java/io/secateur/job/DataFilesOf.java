package io.secateur.job;

import io.secateur.config.DataLocation;
import io.secateur.config.DataOptions;
import io.secateur.data.DataFiles;
import io.secateur.data.IdxFiles;
import io.secateur.data.MnistDownload;
import io.secateur.data.ShiftAugmentation;
import io.secateur.data.SplitOptions;

/** From what a job file says of its data to files and rows. */
final class DataFilesOf {
  private DataFilesOf() {}

  static DataFiles options(DataOptions options) {
    if (options.location() instanceof DataLocation.Files files) {
      return DataFiles.explicit(
          new IdxFiles(files.trainImages(), files.trainLabels()),
          new IdxFiles(files.testImages(), files.testLabels()));
    }
    if (options.location() instanceof DataLocation.Parquet parquet) {
      return DataFiles.parquet(parquet.train(), parquet.test(), parquet.shape());
    }
    return DataFiles.mnist(MnistDownload.place());
  }

  static ShiftAugmentation shifts(DataOptions options, long seed) {
    int pixels = options.shiftPixels();
    return pixels == 0 ? ShiftAugmentation.none() : ShiftAugmentation.upTo(pixels, seed);
  }

  static SplitOptions split(DataOptions options) {
    SplitOptions split = SplitOptions.validating(options.validation());
    return options.examples().isPresent()
        ? split.withExamples(options.examples().getAsInt())
        : split;
  }
}
