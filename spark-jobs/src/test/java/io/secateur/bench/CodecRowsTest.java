package io.secateur.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.secateur.config.ShippedConf;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecRowsTest {
  private static final PrunedNetwork SMALL =
      new PrunedNetwork(
          "small",
          List.of(
              PrunedLayer.convolution("conv", 128, 64, 9, 50),
              PrunedLayer.dense("fc", 500, 1_000, 4)));

  @Test
  void rowsKeepToTheSchemaAndBytesAreThoseOfAllLayers(@TempDir Path folder) throws Exception {
    List<BenchRow> rows = new CodecRows(SMALL, SyntheticMask.BANDED, 3).measure();

    ObjectMapper json = new ObjectMapper();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(json.readTree(ShippedConf.bytes("schema/bench.schema.json")))
                .validate(json.readTree(BenchFile.write(folder, rows).toFile())))
        .isEmpty();
    assertThat(rows)
        .extracting(BenchRow::name)
        .contains(
            "codec.small.encode-gb-per-second-per-core.banded",
            "codec.small.decode-gb-per-second-per-core.banded");
    BenchRow bytes = rows.get(rows.size() - 1);
    assertThat(bytes.name()).isEqualTo("codec.small.bytes.banded");
    // 663,552 + 500,000 weights and 128 + 500 biases.
    assertThat(bytes.baselines().get(0).value()).isEqualTo(4 * 1_164_180);
    assertThat(bytes.baselines())
        .extracting(Baseline::name)
        .containsExactly("dense", "paper", "bitmap", "gzip-1", "zstd-3");
    assertThat(bytes.baselines().subList(0, 3))
        .extracting(Baseline::ratio)
        .allMatch(ratio -> ratio >= 1);
    assertThat(bytes.note()).contains("conv bitmap", "fc relative-index/", "from a fixed seed");
  }
}
