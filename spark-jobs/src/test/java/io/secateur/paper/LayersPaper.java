package io.secateur.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.secateur.report.JobResult;
import io.secateur.report.PaperTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The table of layers of Han et al. 2015, ours beside it, as {@code models show --paper} has it.
 */
class LayersPaper {
  private static final long SEED = 1;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lenet-300-100", "lenet-5"})
  void asManyWeightsAreLeftAsInThePaper(String network) throws IOException {
    JobResult result = new PaperRuns(folder).pruned("paper/" + network + ".yaml", SEED, List.of());

    List<String> table = PaperTable.beside(result.layers());
    table.forEach(System.out::println);
    Files.write(Path.of("target", "paper-layers-" + network + ".txt"), table);
    double theirs = PaperTable.all().get(network).total().densityPercent().doubleValue();
    assertThat(table).hasSize(result.layers().size() + 2);
    assertThat(100 * result.pruned().density()).isCloseTo(theirs, offset(1.0));
  }
}
