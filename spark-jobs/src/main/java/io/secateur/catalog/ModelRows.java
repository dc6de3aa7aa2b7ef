package io.secateur.catalog;

import io.secateur.report.CatalogReport;
import io.secateur.store.ModelManifest;

/** The rows of a catalog's report. */
final class ModelRows {
  private ModelRows() {}

  /** A model that has no version. */
  static CatalogReport.Model failed(String model, String source, String reason, double seconds) {
    return new CatalogReport.Model(
        model,
        source,
        null,
        CatalogReport.Status.FAILED,
        reason,
        null,
        null,
        null,
        null,
        null,
        null,
        rounded(seconds));
  }

  /** A model whose version this job, or an earlier one, has published; without data. */
  static CatalogReport.Model done(
      String source, ModelManifest manifest, String jobId, double seconds) {
    return done(source, manifest, jobId, null, null, seconds);
  }

  /** Likewise, with its test errors in percent before and after. */
  static CatalogReport.Model done(
      String source,
      ModelManifest manifest,
      String jobId,
      Double errorBefore,
      Double errorAfter,
      double seconds) {
    return new CatalogReport.Model(
        manifest.version().model(),
        source,
        manifest.version().number(),
        manifest.provenance().job().equals(jobId)
            ? CatalogReport.Status.PUBLISHED
            : CatalogReport.Status.UNCHANGED,
        null,
        manifest.weightsBeforePruning(),
        manifest.survivingWeights(),
        denseBytes(manifest),
        manifest.bytes().stored(),
        errorBefore,
        errorAfter,
        rounded(seconds));
  }

  private static long denseBytes(ModelManifest manifest) {
    long others =
        manifest.tensors().stream()
            .filter(tensor -> !tensor.prunable())
            .mapToLong(tensor -> tensor.shape().elements())
            .sum();
    return Float.BYTES * (manifest.weightsBeforePruning() + others);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }
}
