package io.secateur.preflight;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The folders in which Spark keeps shuffled shards and rows that memory has no room for. */
final class ScratchProbes {
  private static final long LEAST = 256L << 20;
  private static final long EASY = 2L << 30;
  private static final String SETTING = "spark.local.dir (SPARK_LOCAL_DIRS, YARN's local-dirs)";

  private ScratchProbes() {}

  /**
   * @param folders as Spark's block manager has them
   */
  static List<Finding> of(String[] folders) {
    return Arrays.stream(folders).map(Path::of).map(ScratchProbes::look).toList();
  }

  private static Finding look(Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".probe-", ""));
      FileStore disk = Files.getFileStore(folder);
      long free = disk.getUsableSpace();
      String found = (free >> 30) + " GiB free on " + disk;
      if (free < LEAST) {
        return Finding.fail("scratch space", found, SETTING + " with room for 2 GiB");
      }
      return free < EASY
          ? Finding.warn("scratch space", found, SETTING + " with room for 2 GiB")
          : Finding.ok("scratch space", found);
    } catch (IOException e) {
      return Finding.fail(
          "scratch space", "no way to write to " + folder + " (" + e + ")", SETTING);
    }
  }
}
