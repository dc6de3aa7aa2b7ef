package io.secateur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  private static Provenance withOptions(Map<String, ?> options) {
    return new Provenance(
        (ModelVersion) null,
        "job",
        "dense",
        options,
        Map.of(),
        1,
        2,
        "dl4j",
        Map.of(),
        Map.of("error", 1.5));
  }

  @Test
  void wholeNumbersBecomeLongsAndFloatsTheirShortestDecimal() {
    Map<String, Object> options =
        withOptions(
                Map.of(
                    "int",
                    3,
                    "big",
                    BigInteger.TEN,
                    "double",
                    0.1,
                    "float",
                    0.1f,
                    "decimal",
                    new BigDecimal("0.920")))
            .options();
    assertThat(options)
        .containsExactly(
            Map.entry("big", 10L),
            Map.entry("decimal", new BigDecimal("0.920")),
            Map.entry("double", new BigDecimal("0.1")),
            Map.entry("float", new BigDecimal("0.1")),
            Map.entry("int", 3L));
  }

  @Test
  void nestedMapsAndListsAreNormalisedToo() {
    assertThat(withOptions(Map.of("a", Map.of("b", Arrays.asList(1, null, true)))).options())
        .containsEntry("a", Map.of("b", Arrays.asList(1L, null, true)));
  }

  @Test
  void survivesJson() {
    Map<String, Object> options =
        withOptions(Map.of("a", Map.of("b", Arrays.asList(1, null, true, "c", 1.0e-4)))).options();
    assertThat(JsonValues.fromJson(JsonValues.toJson(options))).isEqualTo(options);
  }

  @Test
  void whatJsonCantCarryIsRefusedByKey() {
    assertThatThrownBy(() -> withOptions(Map.of("a", Map.of("b", Double.NaN))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("options.a.b");
    assertThatThrownBy(() -> withOptions(Map.of("when", new Object())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("options.when");
  }
}
