package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.UsageException;
import io.secateur.network.NodeKind;
import io.secateur.prune.PruningScope;
import io.secateur.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogPolicyReaderTest {
  private static CatalogPolicy read(String yaml, String... sets) {
    return CatalogPolicyReader.read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), List.of(sets));
  }

  @Test
  void theFirstRuleThatFitsALayerDecides() {
    CatalogPolicy policy =
        read(
            """
            rules:
              - {model: "lenet-*", kind: dense, weights: {from: 10, to: 20}, sparsity: 0.5}
              - {kind: dense, layer: "f*", quality: 1.5}
            """);

    assertThat(policy.rule("lenet-5", "fc", NodeKind.DENSE, 10)).contains(policy.rules().get(0));
    assertThat(policy.rule("lenet-5", "fc", NodeKind.DENSE, 20)).contains(policy.rules().get(0));
    assertThat(policy.rule("lenet-5", "fc", NodeKind.DENSE, 21)).contains(policy.rules().get(1));
    assertThat(policy.rule("alexnet", "fc", NodeKind.DENSE, 15)).contains(policy.rules().get(1));
    assertThat(policy.rule("lenet-5", "conv", NodeKind.CONVOLUTION, 15)).isEmpty();
    assertThat(policy.rule("alexnet", "out", NodeKind.DENSE, 15)).isEmpty();
    assertThat(policy.rules().get(1).scope()).isEqualTo(PruningScope.PER_LAYER);
  }

  @Test
  void dataAndScheduleAreThoseOfAJobFile() {
    CatalogPolicy policy =
        read(
            """
            rules: [{sparsity: 0.5}]
            models:
              - model: "a*"
                input: [1, 28, 28]
                data: {source: mnist, validation: 100}
                schedule: {kind: one-shot, hold-epochs: 3}
                train: {learning-rate: 0.05}
                error-budget-points: 1.5
              - {model: "*", data: {source: mnist}}
            """);

    ModelRule rule = policy.model("abc").orElseThrow();
    assertThat(rule.input()).contains(Shape.of(1, 28, 28));
    assertThat(rule.job().orElseThrow().data().validation()).isEqualTo(100);
    assertThat(rule.job().orElseThrow().train().learningRate()).isEqualTo(0.05);
    assertThat(rule.retraining()).isEqualTo(ModelRule.Retraining.SCHEDULED);
    assertThat(rule.errorBudgetPoints().orElseThrow()).isEqualByComparingTo("1.5");
    assertThat(policy.model("b").orElseThrow().retraining()).isEqualTo(ModelRule.Retraining.NONE);
  }

  @Test
  void theHashIsOfAllButTheMemory() {
    String rules = "rules: [{sparsity: 0.5}]\n";
    CatalogPolicy policy = read(rules);

    assertThat(read(rules + "memory: {per-executor-mebibytes: 64}").hash())
        .isEqualTo(policy.hash());
    assertThat(read(rules, "memory.per-executor-mebibytes=64").memoryBytes()).hasValue(64L << 20);
    assertThat(read("rules: [{sparsity: 0.6}]").hash()).isNotEqualTo(policy.hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                              | no key 'rules'",
        "rules: [{kind: dens, sparsity: 0.5}]            | 'dens' for rules.0.kind (line 1",
        "rules: [{kind: dense}]                          | no criterion in rules.0",
        "rules: [{sparsity: 0.5, quality: 1}]            | sparsity and quality in rules.0",
        "rules: [{scope: global, quality: 1}]            | quality with scope global",
        "rules: [{sparsity: 1}]                          | 1 for rules.0.sparsity",
        "rules: [{model: '[a', sparsity: 0.5}]           | '[a' for rules.0.model",
        "{rules: [{sparsity: 0}], models: [{model: a, error-budget-points: 1}]} | without data",
        "{rules: [{sparsity: 0}], models: [{model: a, data: {source: cifar}}]}  | the job of models.0"
      })
  void whatIsWrongIsToldWithItsPlace(String yaml, String found) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(found);
  }
}
