package io.secateur;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * A standalone cluster of a master and two workers of one core in this JVM, each worker under a
 * name of its own: Spark runs no speculative attempt on the host of the first one.
 */
public final class TwoHosts implements AutoCloseable {
  private final List<RpcEnv> started = new ArrayList<>();
  private final String master;

  private TwoHosts(Path folder) throws IOException {
    SparkConf conf = new SparkConf(false).set("spark.shuffle.service.enabled", "false");
    RpcEnv masterEnv = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, conf)._1();
    started.add(masterEnv);
    master = "spark://" + masterEnv.address().hostPort();
    for (int i = 1; i <= 2; i++) {
      Path work = Files.createDirectories(folder.resolve("worker-" + i));
      started.add(
          Worker.startRpcEnvAndEndpoint(
              "127.0.0." + i,
              0,
              0,
              1,
              1024,
              new String[] {master},
              work.toString(),
              Option.apply((Object) i),
              conf,
              Option.empty()));
    }
  }

  /**
   * Starts the cluster.
   *
   * @param folder for the executors' logs
   */
  public static TwoHosts start(Path folder) throws IOException {
    return new TwoHosts(folder);
  }

  /** For {@code --master}. */
  public String master() {
    return master;
  }

  @Override
  public void close() {
    started.forEach(RpcEnv::shutdown);
    started.forEach(RpcEnv::awaitTermination);
  }
}
