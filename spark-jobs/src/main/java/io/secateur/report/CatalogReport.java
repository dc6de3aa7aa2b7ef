package io.secateur.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What became of the models of a catalog.
 *
 * @param models ranked: those that lost most bytes first, those that failed last
 * @param published how many have a version of this job
 * @param unchanged how many had a version of this policy before
 * @param failed how many have none
 * @param weightsBefore prunable weights before any pruning, of all models that have a version
 * @param weightsAfter those that are left
 * @param bytesBefore dense bytes before any pruning
 * @param bytesAfter stored bytes
 * @param seconds from the first model to the last
 */
public record CatalogReport(
    List<Model> models,
    int published,
    int unchanged,
    int failed,
    long weightsBefore,
    long weightsAfter,
    long bytesBefore,
    long bytesAfter,
    double seconds) {

  /** What became of a model. */
  public enum Status {
    /** This job has published it. */
    PUBLISHED,
    /** A version of the same source and policy was there. */
    UNCHANGED,
    /** It could not be compressed; its reason says why. */
    FAILED;

    /** As written in files. */
    @JsonValue
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A model of the catalog.
   *
   * @param model the name that it is published as
   * @param source the file, or the version that it was made from
   * @param version its version; null when it failed
   * @param status what became of it
   * @param reason why it failed; null when it did not
   * @param weightsBefore prunable weights before any pruning; null when it failed, like the three
   *     that follow
   * @param weightsAfter those that are left
   * @param bytesBefore dense bytes before any pruning
   * @param bytesAfter stored bytes
   * @param errorBefore test error in percent; null without data
   * @param errorAfter test error in percent of what is published; null without data
   * @param seconds of the work on it, in this run
   */
  public record Model(
      String model,
      String source,
      Integer version,
      Status status,
      String reason,
      Long weightsBefore,
      Long weightsAfter,
      Long bytesBefore,
      Long bytesAfter,
      Double errorBefore,
      Double errorAfter,
      double seconds) {
    private long saved() {
      return status == Status.FAILED ? Long.MIN_VALUE : bytesBefore - bytesAfter;
    }
  }

  /** Ranks the models and adds them up. */
  public static CatalogReport of(List<Model> models, double seconds) {
    List<Model> ranked =
        models.stream()
            .sorted(Comparator.comparingLong(Model::saved).reversed().thenComparing(Model::source))
            .toList();
    List<Model> there = ranked.stream().filter(one -> one.status() != Status.FAILED).toList();
    return new CatalogReport(
        ranked,
        count(ranked, Status.PUBLISHED),
        count(ranked, Status.UNCHANGED),
        count(ranked, Status.FAILED),
        there.stream().mapToLong(Model::weightsBefore).sum(),
        there.stream().mapToLong(Model::weightsAfter).sum(),
        there.stream().mapToLong(Model::bytesBefore).sum(),
        there.stream().mapToLong(Model::bytesAfter).sum(),
        seconds);
  }

  private static int count(List<Model> models, Status status) {
    return (int) models.stream().filter(one -> one.status() == status).count();
  }
}
