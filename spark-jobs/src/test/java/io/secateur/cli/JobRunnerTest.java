package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.error.ClusterException;
import io.secateur.error.DataException;
import io.secateur.error.JobFailedException;
import io.secateur.error.StoreException;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.store.ModelVersion;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class JobRunnerTest {
  @TempDir private Path folder;

  private final Session session = new Session();

  private int run(JobRunner.Body body, String... options) {
    JobFlags flags = new JobFlags();
    CommandLine line =
        new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("job", CommandLine.Model.CommandSpec.forAnnotatedObject(flags)));
    line.parseArgs(options);
    return new JobRunner(session.console(), flags).run("train", body);
  }

  private int runInto(Path out, JobRunner.Body body) {
    return run(body, "--out", out.toString(), "--store", folder.resolve("store").toString());
  }

  static List<RuntimeException> failures() {
    return List.of(
        new JobFailedException("a", "b", "c"),
        new DataException("a", "b", "c"),
        new StoreException("a", "b", "c"),
        new ClusterException("a", "b", "c"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureIsOneLineItsCodeAndInTheResult(RuntimeException failure) {
    Path out = folder.resolve("out");

    int code =
        runInto(
            out,
            context -> {
              throw failure;
            });

    assertThat(code).isEqualTo(ExitCodes.of(failure)).isNotZero();
    assertThat(session.err().lines()).containsExactly("secateur: found a; expected b; c");
    JsonNode result = Session.result(out);
    assertThat(result.get("exitCode").asInt()).isEqualTo(code);
    assertThat(result.get("error").get("found").asText()).isEqualTo("a");
  }

  @Test
  void anUnexpectedFailureIsOneLineAndTheTraceNeedsVerbose() {
    JobRunner.Body bug =
        context -> {
          throw new IllegalStateException("a bug");
        };
    Path out = folder.resolve("out");

    assertThat(runInto(out, bug)).isEqualTo(1);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("a bug").contains("stack trace");

    assertThat(run(bug, "--verbose", "--out", out.toString())).isEqualTo(1);
    assertThat(session.err().text()).contains("\tat io.secateur.cli.JobRunnerTest");
  }

  @Test
  void whatWasKnownBeforeTheFailureIsInTheResult() {
    Path out = folder.resolve("out");

    runInto(
        out,
        context -> {
          context.result().seed(3).dense(2.5, 10);
          throw new JobFailedException("a", "b", "c");
        });

    JsonNode result = Session.result(out);
    assertThat(result.get("seed").asInt()).isEqualTo(3);
    assertThat(result.get("dense").get("testErrorPercent").asDouble()).isEqualTo(2.5);
    assertThat(result.get("master").asText()).isEqualTo("local[*]");
  }

  @Test
  void aJobThatEndsSaysWhereItPublishedAndHowToLook() {
    Path out = folder.resolve("out");
    URI store = folder.resolve("store").toUri();

    int code =
        runInto(
            out,
            context -> {
              context.open(store);
              context.result().version(new ModelVersion("small", 2)).dense(1.5, 15);
            });

    assertThat(code).isZero();
    assertThat(session.err().text()).isEmpty();
    assertThat(session.out().text())
        .contains("Spark's log: ")
        .contains("error    1.50 %")
        .contains("small@2 is in " + store)
        .doesNotContain("published")
        .contains("secateur models show small@2 --store " + store)
        .contains("result: " + out.resolve("result.json"));
    assertThat(Session.result(out).get("version").asInt()).isEqualTo(2);
  }

  @Test
  void theResultIsKeptInTheStoreToo() throws Exception {
    Path out = folder.resolve("out");
    URI store = folder.resolve("store").toUri();

    runInto(out, context -> context.open(store));

    String jobId = Session.result(out).get("jobId").asText();
    assertThat(ModelStores.open(store).jobs().read(jobId, ResultFile.NAME))
        .hasValue(Files.readAllBytes(out.resolve(ResultFile.NAME)));
  }

  @Test
  void quietLeavesTheOutcome() {
    URI store = folder.resolve("store").toUri();

    run(
        context -> {
          context.open(store);
          context.listener().note("a note");
          context.result().version(new ModelVersion("small", 2)).dense(1.5, 15);
        },
        "--quiet",
        "--out",
        folder.resolve("out").toString());

    assertThat(session.out().lines()).containsExactly("published small@2 in " + store);
  }

  @Test
  void aJobThatIsJudgedTooBadHasFailedWithItsFigures() {
    Path out = folder.resolve("out");
    JobRunner.Body body =
        new JobRunner.Body() {
          @Override
          public void run(JobContext context) {
            context.result().dense(5.0, 15);
          }

          @Override
          public void judge(Console console, JobResult result) {
            throw new JobFailedException("5 %", "at most 4 %", "c");
          }
        };

    assertThat(runInto(out, body)).isEqualTo(1);

    JsonNode result = Session.result(out);
    assertThat(result.get("status").asText()).isEqualTo("failed");
    assertThat(result.get("dense").get("testErrorPercent").asDouble()).isEqualTo(5.0);
    assertThat(session.out().text()).contains("error    5.00 %");
  }

  @Test
  void aResultThatCannotBeWrittenAtTheEndIsCode1() throws Exception {
    Path out = folder.resolve("out");

    int code =
        runInto(
            out,
            context -> {
              // a folder in the place of the file can't be replaced by it
              createFolders(out.resolve("result.json/in-the-way"));
            });

    assertThat(code).isEqualTo(1);
    assertThat(session.err().lines()).hasSize(1);
    assertThat(session.err().text()).contains("--out");
  }

  private static void createFolders(Path path) {
    try {
      Files.createDirectories(path);
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
