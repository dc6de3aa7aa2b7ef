package io.secateur.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.ClusterException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a Spark installation's {@code spark-submit} is handed: a script here that writes it down.
 */
class SparkSubmitProcessTest {
  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void install() throws IOException {
    out = Files.createDirectories(folder.resolve("out"));
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (String jar : List.of("a-lib-1.jar", "spark-jobs-1.jar")) {
      Files.writeString(lib.resolve(jar), jar);
    }
    Files.writeString(folder.resolve("jvm-options"), "# why\n--add-opens=x\n\n-Da=b\n");
    Path launcher = Files.createDirectories(folder.resolve("spark/bin")).resolve("spark-submit");
    Files.writeString(
        launcher,
        """
        #!/bin/sh
        printf '%%s\\n' "$@" > "%1$s/words"
        echo "$SPARK_SUBMIT_OPTS" > "%1$s/opts"
        while [ "$1" != --properties-file ]; do shift; done
        cp "$2" "%1$s/properties"
        """
            .formatted(folder));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
  }

  private Installation installation(Optional<Path> sparkHome) {
    return new Installation(folder, folder.resolve("lib"), folder, sparkHome);
  }

  private Submission submission(
      String master, DeployMode mode, URI store, Submission.Wait waiting, String... conf) {
    return new Submission(
        Master.parse(master),
        mode,
        "20261124-000000-0000",
        "secateur prune",
        store,
        "io.secateur.cli.Submitted",
        List.of("prune", "two words"),
        List.of(conf),
        out,
        waiting);
  }

  private List<String> handed(Submission submission) throws Exception {
    Process process =
        new SparkSubmitProcess(installation(Optional.of(folder.resolve("spark"))), submission)
            .start(new StoreUpload(new Configuration()));
    assertThat(process.waitFor()).isZero();
    return Files.readAllLines(folder.resolve("words"));
  }

  private Properties properties() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("properties"))) {
      properties.load(reader);
    }
    return properties;
  }

  @Test
  void aDriverHereTakesItsJarsFromHere() throws Exception {
    List<String> words =
        handed(
            submission(
                "spark://127.0.0.1:7077",
                DeployMode.CLIENT,
                folder.resolve("store").toUri(),
                Submission.Wait.UNTIL_ENDED,
                "spark.driver.extraJavaOptions=-Dmine=1"));

    assertThat(words)
        .startsWith("--master", "spark://127.0.0.1:7077", "--deploy-mode", "client", "--name")
        .endsWith(folder.resolve("lib/spark-jobs-1.jar").toUri().toString(), "prune", "two words");
    assertThat(properties())
        .containsEntry("spark.jars", folder.resolve("lib/a-lib-1.jar").toUri().toString());
    assertThat(properties().getProperty("spark.driver.extraJavaOptions"))
        .startsWith("--add-opens=x -Da=b -XX:ObjectAlignmentInBytes=64")
        .contains("-Dsecateur.log=" + out.resolve("spark.log"))
        .endsWith("-Dmine=1");
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void aDriverOnKubernetesTakesThemFromTheStore() throws Exception {
    URI store = folder.resolve("store").toUri();

    List<String> words =
        handed(
            submission(
                "k8s://https://192.0.2.1:6443",
                DeployMode.CLUSTER,
                store,
                Submission.Wait.UNTIL_STARTED,
                "spark.kubernetes.container.image=spark:3.5"));

    assertThat(words)
        .contains("k8s://https://192.0.2.1:6443", "cluster", "io.secateur.cli.Submitted");
    String own = words.get(words.indexOf("--properties-file") + 2);
    assertThat(own).startsWith(store.toString()).matches(".*/lib/spark-jobs-1-[0-9a-f]{16}.jar");
    assertThat(Path.of(URI.create(own))).hasContent("spark-jobs-1.jar");
    assertThat(properties())
        .containsEntry("spark.kubernetes.container.image", "spark:3.5")
        .containsEntry("spark.kubernetes.submission.waitAppCompletion", "false")
        .containsEntry("spark.kubernetes.driverEnv.OMP_NUM_THREADS", "1");
    assertThat(properties().getProperty("spark.jars")).contains("/lib/a-lib-1-");
    assertThat(properties().getProperty("spark.driver.extraJavaOptions"))
        .startsWith("--add-opens=x -Da=b")
        .doesNotContain("secateur.log");
    assertThat(folder.resolve("opts")).content().contains("submit.log");
  }

  @Test
  void whoeverWaitsHasTheLauncherWaitOnEveryCluster() throws Exception {
    handed(
        submission(
            "yarn",
            DeployMode.CLUSTER,
            folder.resolve("store").toUri(),
            Submission.Wait.UNTIL_ENDED));

    assertThat(properties())
        .containsEntry("spark.yarn.submit.waitAppCompletion", "true")
        .containsEntry("spark.standalone.submit.waitAppCompletion", "true")
        .containsEntry("spark.kubernetes.submission.waitAppCompletion", "true")
        .containsEntry("spark.yarn.maxAppAttempts", "1");
  }

  @Test
  void theBundledJarsKnowNoKubernetes() {
    assertThatExceptionOfType(ClusterException.class)
        .isThrownBy(
            () ->
                new SparkSubmitProcess(
                    installation(Optional.empty()),
                    submission(
                        "k8s://https://192.0.2.1:6443",
                        DeployMode.CLIENT,
                        folder.toUri(),
                        Submission.Wait.UNTIL_ENDED)))
        .withMessageContaining("SPARK_HOME");
  }
}
