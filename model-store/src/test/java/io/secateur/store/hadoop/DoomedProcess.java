package io.secateur.store.hadoop;

import io.secateur.store.StagedModel;
import io.secateur.store.hadoop.FaultPlan.Fault;
import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Publishes, and stands still at one of the calls that this makes of the filesystem: before the
 * call or, where it writes, half way through it. Then it prints where, and waits to be killed.
 */
final class DoomedProcess {
  private DoomedProcess() {}

  /** Takes the store, the model, its seed, the number of the call, and BEFORE or HALF. */
  public static void main(String[] arguments) {
    URI root = URI.create(arguments[0]);
    int seed = Integer.parseInt(arguments[2]);
    int at = Integer.parseInt(arguments[3]);
    boolean half = Fault.valueOf(arguments[4]) == Fault.HALF;
    FaultPlan plan = new FaultPlan(root.getPath(), half ? Map.of(at, Fault.HALF) : Map.of());
    int stop = half ? at + 1 : at;
    plan.watch(
        call -> {
          if (plan.calls().size() == stop + 1) {
            stand(call.operation() + " " + call.path());
          }
        });
    try (StagedModel staged =
        new HadoopModelStore(files(root, plan)).stage(Samples.tinyDraft(arguments[1], seed))) {
      staged.publish(Samples.provenance(seed));
    }
    System.out.println("published");
    System.exit(0);
  }

  static StoreFiles files(URI root, FaultPlan plan) {
    return root.getScheme().equals("file")
        ? FaultyDisk.files(Path.of(root), plan)
        : FaultyHdfs.files(root, plan);
  }

  private static void stand(String where) {
    System.out.println("at " + where);
    try {
      TimeUnit.DAYS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a call is one that has a half. */
  static boolean writes(FileOperation operation) {
    return operation == FileOperation.WRITE;
  }
}
