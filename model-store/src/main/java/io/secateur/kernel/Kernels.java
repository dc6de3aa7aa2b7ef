package io.secateur.kernel;

/**
 * The loops that take the time, over parts of one float array. Offsets count floats; lengths are
 * multiples of {@link #BLOCK} where nothing else is said. Sums run in the order of their terms, so
 * that every implementation that multiplies and adds in one rounding gives the same bits at every
 * vector width; the plain one rounds twice.
 *
 * <p>An implementation has no state and may be shared.
 */
public interface Kernels {
  /** Examples in a block: the innermost dimension of all activations. */
  int BLOCK = 16;

  /** Rows of the largest tile. */
  int ROWS = 5;

  /** Sums that a dot product is kept in until {@link #sumUp}. */
  int SUMS = 4;

  /** Bits of a vector; 0 for plain Java. */
  int laneBits();

  /** Up to {@link #ROWS} rows of four columns of 16. */
  void multiplyFour(float[] arena, Product product);

  /** Up to {@link #ROWS} rows of the columns 0 and 1. */
  void multiplyTwo(float[] arena, Product product);

  /** Up to {@link #ROWS} rows of column 0. */
  void multiplyOne(float[] arena, Product product);

  /** Four blocks of 16 columns of a sparse row's product. */
  void gatherFour(float[] arena, SparseProduct product);

  /** One block of 16 columns of a sparse row's product. */
  void gatherOne(float[] arena, SparseProduct product);

  /** Four blocks of 16 columns of a row of weights side by side. */
  void rowOfFour(float[] arena, SparseRow row);

  /** The columns 0 and 1 of a row of weights side by side. */
  void rowOfTwo(float[] arena, SparseRow row);

  /** Column 0 of a row of weights side by side. */
  void rowOfOne(float[] arena, SparseRow row);

  /**
   * The sum over the weights k of a row of value_k x arena[base + place_k], by vector lanes: the
   * only sum whose order the width decides.
   */
  float dot(float[] arena, WeightRows weights, int row, int base);

  /**
   * Adds dot products over 64 examples to their {@link #SUMS} sums. For the terms k in [from, to),
   * a multiple of 4: the floats at {@code left} with those at {@code right + terms[2k + 1]}. Lane
   * by lane over the blocks in order; then lanes 8, then 4 apart are added.
   *
   * @param sums of the first term
   */
  void dotsOfFour(float[] arena, int[] terms, int from, int to, int left, int right, int sums);

  /** Likewise over 16 examples. */
  void dotsOfOne(float[] arena, int[] terms, int from, int to, int left, int right, int sums);

  /** target[i] = (s[0] + s[2]) + (s[1] + s[3]) of the {@link #SUMS} sums of each i. */
  void sumUp(float[] arena, int sums, int target, int length);

  /** target = max(source + bias, low) for any number of floats. */
  void biasAndBound(float[] arena, int source, int target, int length, float bias, float low);

  /**
   * The first largest of four neighbouring blocks, by lane: target = max(largest + bias, low), and
   * which of the four it was (0 to 3) into {@code which}.
   */
  void largestOfFour(float[] arena, int source, int target, int which, float bias, float low);

  /**
   * target = max(largest of the source, the value {@code right} further and those {@code below}
   * both, + bias, low) for any number of floats. A target that is the source is written behind what
   * is still to be read.
   */
  void largestOfWindows(
      float[] arena,
      int source,
      int right,
      int below,
      int target,
      int length,
      float bias,
      float low);

  /** Puts a block into the one of four blocks that {@code which} says, zeros into the others. */
  void spreadToFour(
      float[] arena, int source, int which, int target0, int target1, int target2, int target3);

  /** values = max(values, 0). */
  void relu(float[] arena, int values, int length);

  /** gradient = 0 where the value that ReLU gave is not above 0. */
  void reluBackward(float[] arena, int values, int gradient, int length);

  /** values = values x factors. */
  void multiply(float[] arena, int values, int factors, int length);

  /** Adds blocks at a distance of {@code step} to the 16 floats at {@code target}, in order. */
  void addBlocks(float[] arena, int source, int step, int blocks, int target);

  /**
   * One step of the rule on a range of a tensor; pruned values and their velocity become +0.0f.
   *
   * @param gradient summed over the minibatch
   * @param from the first value of the range, counted in the tensor
   * @param scale 1 / examples of the minibatch
   */
  void update(
      float[] arena,
      int gradient,
      Trained tensor,
      int from,
      int length,
      float scale,
      Nesterov rule);
}
