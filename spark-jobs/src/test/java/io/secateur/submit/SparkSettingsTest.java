package io.secateur.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.secateur.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSettingsTest {
  private static final Path SHIPPED = Path.of("..", "conf").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private Installation installation;

  @BeforeEach
  void install() throws IOException {
    defaults("ours", "spark.a 1\nspark.b 1\nspark.c 1\n");
    defaults("spark/conf", "spark.b 2\nspark.c 2\n");
    installation =
        new Installation(
            folder, folder, folder.resolve("ours"), Optional.of(folder.resolve("spark")));
  }

  private void defaults(String place, String text) throws IOException {
    Path conf = Files.createDirectories(folder.resolve(place));
    Files.writeString(conf.resolve("spark-defaults.conf"), text);
  }

  @Test
  void theInstallationBeatsOursAndTheCommandLineBeatsBoth() {
    SparkSettings settings =
        SparkSettings.of(installation, Map.of(), List.of("spark.c=3", "spark.d=x=y"));

    assertThat(settings.get("spark.a", "")).isEqualTo("1");
    assertThat(settings.get("spark.b", "")).isEqualTo("2");
    assertThat(settings.get("spark.c", "")).isEqualTo("3");
    assertThat(settings.get("spark.d", "")).isEqualTo("x=y");
  }

  @Test
  void sparkConfDirTakesThePlaceOfTheInstallationsFolder() throws IOException {
    defaults("elsewhere", "spark.b 9\n");

    SparkSettings settings =
        SparkSettings.of(
            installation,
            Map.of("SPARK_CONF_DIR", folder.resolve("elsewhere").toString()),
            List.of());

    assertThat(settings.get("spark.b", "")).isEqualTo("9");
    assertThat(settings.get("spark.c", "")).isEqualTo("1");
  }

  @Test
  void wordsGoBeforeThoseThatAreSet() {
    SparkSettings settings = SparkSettings.of(installation, Map.of(), List.of("spark.o=-Db"));

    settings.prepend("spark.o", List.of("-Da", "-XX:c"));

    assertThat(settings.get("spark.o", "")).isEqualTo("-Da -XX:c -Db");
  }

  @Test
  void anotherThanSparksSettingIsRefused() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> SparkSettings.of(installation, Map.of(), List.of("park.a=1")))
        .withMessageContaining("--conf park.a=1");
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> SparkSettings.of(installation, Map.of(), List.of("spark.a")));
  }

  @Test
  void onlyTheUserCanReadWhatIsWritten() throws IOException {
    Path file = SparkSettings.of(installation, Map.of(), List.of("spark.a=\u00e4 b")).write();

    Properties read = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    assertThat(read).containsEntry("spark.a", "\u00e4 b").containsEntry("spark.b", "2");
    assertThat(Files.getPosixFilePermissions(file))
        .containsOnly(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    Files.delete(file);
  }

  @Test
  void whatShipsIsReadAndLeavesSecurityAndMetricsToBeSwitchedOn() {
    SparkSettings settings =
        SparkSettings.of(
            new Installation(folder, folder, SHIPPED, Optional.empty()), Map.of(), List.of());

    assertThat(settings.get("spark.serializer", "")).endsWith("KryoSerializer");
    assertThat(settings.get("spark.speculation", "")).isEqualTo("false");
    assertThat(settings.get("spark.authenticate", "unset")).isEqualTo("unset");
    assertThat(settings.get("spark.ui.prometheus.enabled", "unset")).isEqualTo("unset");
  }
}
