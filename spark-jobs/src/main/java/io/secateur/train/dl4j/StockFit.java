package io.secateur.train.dl4j;

import io.secateur.data.ImageShape;
import io.secateur.data.LabelledImages;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/**
 * DL4J's own {@code fit}, as a program would call it that knows nothing of Secateur: a baseline of
 * the benches. It does not set ND4J up as our trainers do, so it is to run in a JVM of its own,
 * where nothing else has done so.
 */
public final class StockFit {
  private final MultiLayerNetwork network;
  private final List<DataSet> minibatches = new ArrayList<>();
  private final Random random = new Random(1);

  /**
   * Reads the rows into memory.
   *
   * @param configuration the JSON of a MultiLayerConfiguration
   * @param rows at least {@code batchSize}; a short last minibatch is left out
   */
  public StockFit(String configuration, LabelledImages rows, int batchSize) {
    MultiLayerConfiguration settings = MultiLayerConfiguration.fromJson(configuration);
    settings
        .getConfs()
        .forEach(
            layer -> {
              if (layer.getLayer() instanceof BaseLayer base) {
                base.setIUpdater(new Nesterovs(0.02, 0.9));
                base.setRegularization(List.of(new L2Regularization(1e-4)));
              }
            });
    network = new MultiLayerNetwork(settings);
    network.init();
    boolean flat = settings.getConf(0).getLayer() instanceof DenseLayer;
    ImageShape image = rows.imageShape();
    long[] shape =
        flat
            ? new long[] {batchSize, rows.pixelsPerRow()}
            : new long[] {batchSize, image.channels(), image.height(), image.width()};
    for (int first = 0; first + batchSize <= rows.count(); first += batchSize) {
      minibatches.add(minibatch(rows, first, batchSize, shape));
    }
  }

  private static DataSet minibatch(LabelledImages images, int first, int rows, long[] shape) {
    int pixels = images.pixelsPerRow();
    float[] features = new float[rows * pixels];
    for (int i = 0; i < features.length; i++) {
      features[i] = (images.pixels()[first * pixels + i] & 0xFF) / 255f;
    }
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, images.classes());
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, images.label(first + row), 1);
    }
    return new DataSet(Nd4j.create(features, shape, 'c'), labels);
  }

  /** Shuffles the minibatches and fits them all, once. */
  public void epoch() {
    Collections.shuffle(minibatches, random);
    network.fit(new ListDataSetIterator<>(minibatches, minibatches.get(0).numExamples()));
  }
}
