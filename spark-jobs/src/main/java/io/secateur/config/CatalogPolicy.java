package io.secateur.config;

import io.secateur.network.NodeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to become of the models of a catalog. The same policy, models, data and software give the
 * same result.
 *
 * @param rules for layers; the first that fits decides, and a layer that none fits is left alone
 * @param models what is known of models; the first that fits decides
 * @param memoryBytes what models that are worked on in one executor may take together; empty: half
 *     of its heap
 * @param document the policy as it was written, all {@code --set} applied and places made absolute
 * @param hash {@code sha256:…} of all that was written and that the result depends on
 */
public record CatalogPolicy(
    List<LayerRule> rules,
    List<ModelRule> models,
    OptionalLong memoryBytes,
    Map<String, Object> document,
    String hash) {
  /** Copies the lists. */
  public CatalogPolicy {
    rules = List.copyOf(rules);
    models = List.copyOf(models);
    document = new LinkedHashMap<>(document);
  }

  /** The rule for a layer. */
  public Optional<LayerRule> rule(String model, String layer, NodeKind kind, long weights) {
    return rules.stream().filter(rule -> rule.fits(model, layer, kind, weights)).findFirst();
  }

  /** What is known of a model. */
  public Optional<ModelRule> model(String name) {
    return models.stream().filter(rule -> rule.fits(name)).findFirst();
  }

  /** The policy as a file that reads back the same, but for the hash: places are absolute. */
  public String toYaml() {
    return JobFileWriter.yaml(document);
  }
}
