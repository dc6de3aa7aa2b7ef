package io.secateur.train.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native arrays for a number of rows, allocated once and filled for each minibatch. */
final class Batch {
  private final INDArray features;
  private final INDArray labels;
  private final FloatPointer featureMemory;
  private final FloatPointer labelMemory;
  private final float[] oneHot;
  private final int inputs;
  private final int classes;

  /**
   * @param featureShape of one example
   */
  Batch(int rows, long[] featureShape, int classes) {
    long[] shape = new long[featureShape.length + 1];
    shape[0] = rows;
    System.arraycopy(featureShape, 0, shape, 1, featureShape.length);
    this.features = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    this.labels = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, classes}, 'c');
    this.featureMemory = Memory.of(features);
    this.labelMemory = Memory.of(labels);
    this.oneHot = new float[rows * classes];
    this.inputs = Math.toIntExact(features.length() / rows);
    this.classes = classes;
  }

  INDArray features() {
    return features;
  }

  INDArray labels() {
    return labels;
  }

  /** The first rows x inputs values become the features. */
  void fill(float[] values) {
    featureMemory.put(values, 0, rows() * inputs);
  }

  /** The first labels become rows of zeros with a one. */
  void label(int[] values) {
    java.util.Arrays.fill(oneHot, 0f);
    for (int row = 0; row < rows(); row++) {
      oneHot[row * classes + values[row]] = 1f;
    }
    labelMemory.put(oneHot, 0, oneHot.length);
  }

  private int rows() {
    return oneHot.length / classes;
  }

  void close() {
    features.close();
    labels.close();
  }
}
