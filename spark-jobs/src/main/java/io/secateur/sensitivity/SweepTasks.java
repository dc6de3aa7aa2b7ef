package io.secateur.sensitivity;

import io.secateur.train.SparkFailures;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** Runs the cells of a sweep as one Spark job, and passes each result on as soon as it is there. */
final class SweepTasks {
  private SweepTasks() {}

  /** Is told the errors of a cell. */
  interface Results {
    void accept(int place, long errors);
  }

  /**
   * Runs all cells.
   *
   * @param results is called by one thread that is not the caller's
   */
  static void run(
      JavaSparkContext spark, SweepSubject subject, List<SweepCell> cells, Results results) {
    if (cells.isEmpty()) {
      return;
    }
    Broadcast<SweepSubject> sent = spark.broadcast(subject);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    AtomicReference<CompletableFuture<Void>> written =
        new AtomicReference<>(CompletableFuture.completedFuture(null));
    try {
      SparkFailures.translating(
          () -> {
            spark
                .sc()
                .runJob(
                    spark.parallelize(cells, cells.size()).rdd(),
                    new CellTask(sent),
                    new Arrival(
                        (place, errors) ->
                            written.set(
                                written
                                    .get()
                                    .thenRunAsync(() -> results.accept(place, errors), writer))),
                    ClassTag$.MODULE$.apply(Long.class));
            return null;
          });
      written.get().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    } finally {
      writer.shutdown();
      sent.destroy();
      SweepWorker.discard(subject);
    }
  }

  /** One cell. */
  private static final class CellTask
      extends AbstractFunction2<TaskContext, Iterator<SweepCell>, Long> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Broadcast<SweepSubject> subject;

    CellTask(Broadcast<SweepSubject> subject) {
      this.subject = subject;
    }

    @Override
    public Long apply(TaskContext context, Iterator<SweepCell> cell) {
      return SweepWorker.of(subject.value()).errors(cell.next());
    }
  }

  /** Runs on Spark's own thread, which must not be held up. */
  private static final class Arrival extends AbstractFunction2<Object, Long, BoxedUnit> {
    private final Results results;

    Arrival(Results results) {
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object place, Long errors) {
      results.accept((Integer) place, errors);
      return BoxedUnit.UNIT;
    }
  }
}
