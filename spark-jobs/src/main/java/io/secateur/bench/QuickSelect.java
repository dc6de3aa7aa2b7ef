package io.secateur.bench;

/** Hoare's selection with the median of three as pivot: the textbook's way to a rank. */
final class QuickSelect {
  private QuickSelect() {}

  /**
   * The value of this rank; the values are rearranged.
   *
   * @param rank 0 for the smallest
   */
  static float select(float[] values, int rank) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      float pivot = median(values[low], values[low + (high - low) / 2], values[high]);
      int left = low;
      int right = high;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          float swapped = values[left];
          values[left++] = values[right];
          values[right--] = swapped;
        }
      }
      if (rank <= right) {
        high = right;
      } else if (rank >= left) {
        low = left;
      } else {
        return values[rank];
      }
    }
    return values[rank];
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
