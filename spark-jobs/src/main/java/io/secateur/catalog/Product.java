package io.secateur.catalog;

import io.secateur.store.ModelManifest;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Provenance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A version that a catalog's run has made, with what its provenance says of that.
 *
 * @param manifest of the version
 * @param fingerprint of what it was made from
 * @param policy the hash of the policy
 */
record Product(ModelManifest manifest, String fingerprint, String policy) {
  private static final String POLICY = "catalog-policy";
  private static final String SOURCE = "model";
  private static final String FINGERPRINT = "model-fingerprint";

  /** What the provenance's options tell of the policy. */
  static Map<String, Object> options(String policyHash) {
    return Map.of(POLICY, policyHash);
  }

  /** What the provenance's data tells of the source. */
  static Map<String, String> data(String source, String fingerprint) {
    return Map.of(SOURCE, source, FINGERPRINT, fingerprint);
  }

  /** Empty for a version that was made in another way. */
  static Optional<Product> of(ModelManifest manifest) {
    Provenance provenance = manifest.provenance();
    String fingerprint = provenance.data().get(FINGERPRINT);
    return fingerprint != null && provenance.options().get(POLICY) instanceof String policy
        ? Optional.of(new Product(manifest, fingerprint, policy))
        : Optional.empty();
  }

  /** The newest product among a model's live versions. */
  static Optional<Product> newest(ModelStore store, String model) {
    List<ModelVersion> versions = store.versions(model);
    SortedSet<ModelVersion> expired = store.expired(model);
    for (int i = versions.size() - 1; i >= 0; i--) {
      if (!expired.contains(versions.get(i))) {
        Optional<Product> product = of(store.manifest(versions.get(i)));
        if (product.isPresent()) {
          return product;
        }
      }
    }
    return Optional.empty();
  }

  boolean isOf(String otherFingerprint, String otherPolicy) {
    return fingerprint.equals(otherFingerprint) && policy.equals(otherPolicy);
  }
}
