package io.secateur.cli;

import io.secateur.data.DataFiles;
import io.secateur.data.DataSplits;
import io.secateur.data.LabelledImages;
import io.secateur.data.SplitOptions;
import io.secateur.train.dl4j.StockFit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The other end of a bench's baseline: fits an epoch for each line of standard input and prints its
 * seconds.
 */
final class StockFitProcess {
  private static final int CLASSES = 10;
  private static final int BATCH = 64;

  private StockFitProcess() {}

  /**
   * Runs until standard input ends.
   *
   * @param args a DL4J configuration's file, MNIST's folder, and the number of examples
   */
  public static void main(String[] args) throws IOException {
    SplitOptions last = SplitOptions.validating(Integer.parseInt(args[2]));
    LabelledImages rows =
        DataSplits.open(DataFiles.mnist(Path.of(args[1])), last, CLASSES).validation();
    StockFit fit = new StockFit(Files.readString(Path.of(args[0])), rows, BATCH);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (requests.readLine() != null) {
      long start = System.nanoTime();
      fit.epoch();
      System.out.println((System.nanoTime() - start) / 1e9);
    }
    System.exit(0);
  }
}
