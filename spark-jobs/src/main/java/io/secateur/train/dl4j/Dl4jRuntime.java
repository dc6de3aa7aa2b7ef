package io.secateur.train.dl4j;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** ND4J as we use it in this JVM. */
public final class Dl4jRuntime {
  /** Tasks share the cores; and sums are split by threads, so that others would be other bits. */
  private static final int MATHS_THREADS = 1;

  private Dl4jRuntime() {}

  /** Runs once in a JVM, when the class below is first used. */
  private static final class Prepared {
    static final boolean DONE = prepare();

    private static boolean prepare() {
      // an executor's JVM has only the options that its cluster gives it
      setIfMissing("org.eclipse.deeplearning4j.helpers.disable", "false");
      // JavaCPP would read /proc for every array, a quarter of the time of a small network
      setIfMissing("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
      Nd4j.getEnvironment().setMaxThreads(MATHS_THREADS);
      Nd4j.getEnvironment().setMaxMasterThreads(MATHS_THREADS);
      // a full garbage collection every few seconds, for nothing: our arrays live as long as jobs
      Nd4j.getMemoryManager().togglePeriodicGc(false);
      return true;
    }
  }

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Sets ND4J up in this JVM; free after the first time. */
  static void prepare() {
    if (!Prepared.DONE) {
      throw new IllegalStateException("ND4J is not set up");
    }
  }

  /**
   * Gives the calling thread its one maths thread; to be called before it computes. oneDNN splits
   * its sums by the number that OpenMP keeps for each thread: it is OMP_NUM_THREADS for all but the
   * one that happened to load ND4J, for which ND4J sets it to the number of cores.
   */
  static void prepareThread() {
    prepare();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(MATHS_THREADS);
  }

  /** Whether this JVM's ND4J multiplies two small matrices as it should. */
  public static boolean multipliesRight() {
    prepareThread();
    INDArray left = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
    INDArray right = Nd4j.createFromArray(new float[][] {{5, 6}, {7, 8}});
    return left.mmul(right).equals(Nd4j.createFromArray(new float[][] {{19, 22}, {43, 50}}));
  }

  /** Bytes that ND4J may take outside the heap of this JVM. */
  public static long offHeapBytes() {
    prepare();
    return Pointer.maxBytes();
  }

  /**
   * Whether convolutions are computed by oneDNN in this JVM: asked of a real layer, since DL4J
   * turns its helpers off without a word when it does not find what it expects.
   */
  public static boolean convolutionHelperActive() {
    prepareThread();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new ConvolutionLayer.Builder(2, 2).nOut(1).activation(Activation.IDENTITY).build())
            .layer(new CnnLossLayer.Builder().activation(Activation.IDENTITY).build())
            .setInputType(InputType.convolutional(4, 4, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network.getLayer(0).getHelper() != null;
  }
}
