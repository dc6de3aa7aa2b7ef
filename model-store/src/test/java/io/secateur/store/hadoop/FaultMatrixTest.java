package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README says about faults is what happens: on {@code file:} in every cell, on {@code
 * hdfs:} around the commit. In full size every cell of both is run, and the tables are written.
 */
class FaultMatrixTest {
  private static final Path README = Path.of("README.md");
  private static final Set<StoreAction> CHECKED =
      EnumSet.of(StoreAction.PUBLISH_NEXT, StoreAction.ANSWER_LOST);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private static List<String> lines(Predicate<FaultMatrix.Row> chosen, FaultMatrix.Disk disk)
      throws IOException {
    return new FaultMatrix(disk).lines(List.of(StoreAction.values()), chosen);
  }

  private List<String> onFile() throws IOException {
    return lines(row -> true, (name, plan) -> FaultyDisk.files(folder.resolve(name), plan));
  }

  private static List<String> onHdfs(Predicate<FaultMatrix.Row> chosen) throws IOException {
    return lines(chosen, (name, plan) -> FaultyHdfs.files(MiniHdfs.uri("/" + name), plan));
  }

  @Test
  @DisabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void onFileTheTableIsTrue() throws IOException {
    assertThat(onFile()).isEqualTo(section("file"));
  }

  @Test
  @DisabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void onHdfsTheRowsAboutTheCommitAreTrue() throws IOException {
    List<String> lines =
        onHdfs(row -> row.step().equals("manifest") && CHECKED.contains(row.action()));
    assertThat(lines).isNotEmpty();
    assertThat(section("hdfs")).containsAll(lines);
  }

  @Test
  @EnabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void theTablesAreWritten() throws IOException {
    write("file", onFile());
    write("hdfs", onHdfs(row -> true));
  }

  private static String mark(String scheme) {
    return "<!-- faults on " + scheme + ": written by FaultMatrixTest -->";
  }

  private static List<String> section(String scheme) throws IOException {
    List<String> readme = Files.readAllLines(README);
    int from = readme.indexOf(mark(scheme)) + 1 + FaultMatrix.head().size();
    return readme.subList(from, from + rows(readme, from));
  }

  private static int rows(List<String> readme, int from) {
    int rows = 0;
    while (readme.get(from + rows).startsWith("|")) {
      rows++;
    }
    return rows;
  }

  private static void write(String scheme, List<String> lines) throws IOException {
    List<String> readme = new ArrayList<>(Files.readAllLines(README));
    int from = readme.indexOf(mark(scheme)) + 1;
    assertThat(from).isPositive();
    readme.subList(from, from + rows(readme, from)).clear();
    readme.addAll(from, FaultMatrix.head());
    readme.addAll(from + FaultMatrix.head().size(), lines);
    Files.write(README, readme);
  }
}
