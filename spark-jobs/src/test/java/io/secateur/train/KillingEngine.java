package io.secateur.train;

import io.secateur.network.NetworkParameters;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskContext;

/**
 * Another engine, but the JVM of the first attempt at partition 1 of the second round is killed as
 * by {@code kill -9}: in the middle of an epoch, with the round computed and its result not sent.
 */
final class KillingEngine implements Engine {
  private static final long serialVersionUID = 1L;

  private final Engine engine;

  KillingEngine(Engine engine) {
    this.engine = engine;
  }

  @Override
  public String id() {
    return engine.id();
  }

  @Override
  public LocalTrainer trainer(WorkerSetup setup) {
    LocalTrainer trainer = engine.trainer(setup);
    return new LocalTrainer() {
      @Override
      public RoundResult round(RoundInput in, int minibatches) {
        RoundResult result = trainer.round(in, minibatches);
        boolean first = TaskContext.get().attemptNumber() == 0;
        if (first && setup.partition() == 1 && in.epoch() == 0 && in.round() == 1) {
          killThisJvm();
        }
        return result;
      }

      @Override
      public void close() {
        trainer.close();
      }
    };
  }

  private static void killThisJvm() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
      new CountDownLatch(1).await();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("the JVM lives on", e);
    }
  }

  @Override
  public Predictor predictor(NetworkDefinition network, NetworkParameters parameters) {
    return engine.predictor(network, parameters);
  }
}
