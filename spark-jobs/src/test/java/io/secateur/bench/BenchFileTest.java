package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.secateur.config.ShippedConf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchFileTest {
  private static final BenchRow ROW =
      BenchRow.of(
          "train.lenet-5.epoch-seconds.workers-2",
          "s",
          new Samples(List.of(5.0, 4.0, 6.0)),
          List.of(
              Baseline.measured("dl4j-fit", 100, 20),
              Baseline.skipped("pytorch", "no python3 on the path")),
          "warm");

  private final ObjectMapper json = new ObjectMapper();
  @TempDir private Path folder;
  private JsonSchema schema;

  @BeforeEach
  void readSchema() throws IOException {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(json.readTree(ShippedConf.bytes("schema/bench.schema.json")));
  }

  @Test
  void rowsAreWrittenWithEveryMember() throws IOException {
    JsonNode rows = json.readTree(BenchFile.write(folder, List.of(ROW)).toFile());
    assertThat(schema.validate(rows)).isEmpty();
    JsonNode row = rows.get(0);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly(
            "name", "value", "unit", "baselines", "samples", "median", "min", "max", "note");
    assertThat(row.get("value").asDouble()).isEqualTo(5);
    assertThat(row.get("min").asDouble()).isEqualTo(4);
    assertThat(row.at("/baselines/0/ratio").asDouble()).isEqualTo(20);
    assertThat(row.at("/baselines/1/value").isNull()).isTrue();
  }

  @Test
  void theSchemaRefusesABaselineThatIsNeitherMeasuredNorSkipped() throws IOException {
    JsonNode rows = json.readTree(BenchFile.write(folder, List.of(ROW)).toFile());
    ((ObjectNode) rows.at("/0/baselines/1")).putNull("skipped");
    assertThat(schema.validate(rows)).isNotEmpty();
  }

  @Test
  void theTableShowsEachBaselineUnderItsRow() {
    assertThat(BenchTable.lines(List.of(ROW)))
        .anySatisfy(line -> assertThat(line).contains("dl4j-fit").contains("20.00x"))
        .anySatisfy(line -> assertThat(line).contains("pytorch").contains("no python3"));
  }
}
