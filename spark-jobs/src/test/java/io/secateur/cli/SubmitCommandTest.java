package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything reaches a cluster. */
class SubmitCommandTest {
  private static final String NOBODY = "spark://127.0.0.1:1";

  @TempDir private Path folder;
  private final Session session = new Session();

  private int submit(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "submit";
    System.arraycopy(words, 0, all, 1, words.length);
    return session.run(all);
  }

  private String job() throws Exception {
    return SampleJobFile.write(folder).toString();
  }

  private String error() {
    assertThat(session.err().lines()).hasSize(1);
    return session.err().text();
  }

  @Test
  void aDriverOnTheClusterNeedsAStoreThatTheClusterSees() throws Exception {
    int code =
        submit("prune", job(), "--master", NOBODY, "--deploy-mode", "cluster", "--store", "here");

    assertThat(code).isEqualTo(5);
    assertThat(error()).contains("store file:///", "hdfs://", "--deploy-mode cluster");
  }

  @Test
  void aClusterThatDoesNotAnswerIsNamed() throws Exception {
    assertThat(submit("prune", job(), "--master", NOBODY)).isEqualTo(5);
    assertThat(error()).contains("127.0.0.1:1");
  }

  @Test
  void thisHostIsNoCluster() throws Exception {
    assertThat(submit("prune", job(), "--master", "local[2]")).isEqualTo(2);
    assertThat(error()).contains("--master local[2]", "leave out submit");
  }

  @Test
  void commandsThatAreNoJobsAreRefused() {
    assertThat(submit("models", "list", "--master", NOBODY)).isEqualTo(2);
    assertThat(error()).contains("submit models list", "evaluate, ", "prune, ", "train");
  }

  @Test
  void aWrongOptionIsThatOfTheCommand() throws Exception {
    assertThat(submit("prune", job(), "--sett", "seed=1", "--master", NOBODY)).isEqualTo(2);
    assertThat(error()).contains("--sett", "secateur prune");
  }

  @Test
  void aJobFileIsReadBeforeItTravels() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "network: lenet-9\n");

    assertThat(submit("prune", wrong.toString(), "--master", NOBODY)).isEqualTo(2);
    assertThat(error()).contains("lenet-9", "line 1");
  }

  @Test
  void notToWaitIsForDriversElsewhere() throws Exception {
    assertThat(submit("prune", job(), "--master", NOBODY, "--no-wait")).isEqualTo(2);
    assertThat(error()).contains("--no-wait", "--deploy-mode cluster");
  }
}
