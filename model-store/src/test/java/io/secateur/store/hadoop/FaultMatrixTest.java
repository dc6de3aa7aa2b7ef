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
  private static final Set<StoreAction> ALL = EnumSet.allOf(StoreAction.class);

  /** Without the two that are long. */
  private static final Set<StoreAction> CHECKED_ON_FILE =
      EnumSet.complementOf(EnumSet.of(StoreAction.IMPORT, StoreAction.COLLECT));

  private static final Set<StoreAction> CHECKED_ON_HDFS =
      EnumSet.of(StoreAction.PUBLISH_NEXT, StoreAction.ANSWER_LOST);

  @TempDir(factory = MemoryFolder.class)
  private Path folder;

  private List<String> onFile(Set<StoreAction> actions) throws IOException {
    FaultMatrix.Disk disk = (name, plan) -> FaultyDisk.files(folder.resolve(name), plan);
    return new FaultMatrix(disk).lines(actions, row -> true);
  }

  private static List<String> onHdfs(Set<StoreAction> actions, Predicate<FaultMatrix.Row> chosen)
      throws IOException {
    FaultMatrix.Disk disk = (name, plan) -> FaultyHdfs.files(MiniHdfs.uri("/" + name), plan);
    return new FaultMatrix(disk).lines(actions, chosen);
  }

  @Test
  @DisabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void onFileTheTableIsTrue() throws IOException {
    List<String> written =
        section("file").stream()
            .filter(
                line -> CHECKED_ON_FILE.stream().anyMatch(a -> line.startsWith("| " + a.words())))
            .toList();
    // the order of a folder's names is the disk's
    assertThat(onFile(CHECKED_ON_FILE)).containsExactlyInAnyOrderElementsOf(written);
  }

  @Test
  @DisabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void onHdfsTheRowsAboutTheCommitAreTrue() throws IOException {
    List<String> lines = onHdfs(CHECKED_ON_HDFS, row -> row.step().equals("manifest"));
    assertThat(lines).isNotEmpty();
    assertThat(section("hdfs")).containsAll(lines);
  }

  @Test
  @EnabledIfSystemProperty(named = Faults.PROPERTY, matches = Faults.FULL)
  void theTablesAreWrittenAsTheyStood() throws IOException {
    List<String> before = Files.readAllLines(README);
    write("file", onFile(ALL));
    write("hdfs", onHdfs(ALL, row -> true));
    assertThat(Files.readAllLines(README)).containsExactlyInAnyOrderElementsOf(before);
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
