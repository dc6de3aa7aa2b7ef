package io.secateur.store;

/**
 * One published version of a model.
 *
 * @param model a name that {@link Names#requireModel} accepts
 * @param number 1 or more; a model's numbers are contiguous
 */
public record ModelVersion(String model, int number) implements Comparable<ModelVersion> {
  /** Checks the name and that the number is at least 1. */
  public ModelVersion {
    Names.requireModel(model);
    if (number < 1) {
      throw new IllegalArgumentException("version " + number + " of " + model + " is below 1");
    }
  }

  /** By model name, then by number. */
  @Override
  public int compareTo(ModelVersion other) {
    int byModel = model.compareTo(other.model);
    return byModel != 0 ? byModel : Integer.compare(number, other.number);
  }

  /** The form users write: {@code lenet-300-100@2}. */
  @Override
  public String toString() {
    return model + "@" + number;
  }
}
