package io.secateur.cli;

import io.secateur.config.LocalFiles;
import io.secateur.data.MnistDownload;
import io.secateur.error.ClusterException;
import io.secateur.error.Problem;
import io.secateur.error.UsageException;
import io.secateur.report.ResultFile;
import io.secateur.store.JobFolders;
import io.secateur.store.ModelStore;
import io.secateur.submit.DeployMode;
import io.secateur.submit.Installation;
import io.secateur.submit.Master;
import io.secateur.submit.SparkSubmitProcess;
import io.secateur.submit.StoreUpload;
import io.secateur.submit.Submission;
import io.secateur.train.SparkRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs a job on a cluster, through Spark's own launcher. */
@Command(
    name = "submit",
    description = {
      "Run train, prune, sweep, tradeoff, compress, evaluate or preflight on a cluster:",
      "  submit prune JOB.yaml --master spark://host:7077 --store hdfs://host:8020/secateur",
      "Local files that the job file names travel with the job."
    })
final class SubmitCommand implements Callable<Integer> {
  private static final int SECONDS_TO_END = 20;

  private final Console console;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = "--master",
      paramLabel = "URL",
      required = true,
      description = "The cluster: spark://host:7077, yarn or k8s://https://host:6443.")
  private String master;

  @Option(
      names = "--deploy-mode",
      paramLabel = "client|cluster",
      defaultValue = "client",
      description = "Where the driver runs: here or on the cluster (default: ${DEFAULT-VALUE}).")
  private DeployMode mode;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, over those of spark-defaults.conf; may be repeated.")
  private List<String> conf = List.of();

  @Option(
      names = "--no-wait",
      description = "In cluster mode: print the job's id and return, while the job runs.")
  private boolean noWait;

  @Unmatched private List<String> words = new ArrayList<>();

  @Spec private CommandSpec spec;

  SubmitCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Submittable command = Commands.submittable(console, words);
    JobFlags flags = command.flags();
    console.verbosity(flags.verbosity());
    Master cluster = Master.parse(master);
    if (noWait && mode == DeployMode.CLIENT) {
      throw new UsageException(
          "--no-wait in client mode, where the driver is this process's child",
          "--no-wait with --deploy-mode cluster",
          "leave it out, or add --deploy-mode cluster");
    }
    Optional<JobSubject> subject = command.subject();
    URI root = subject.map(JobSubject::store).orElseGet(() -> flags.store().root());
    requireSharedStore(root);
    SparkRuntime.requireListening(cluster.url());
    JobStart start = JobStart.of(flags, () -> subject);
    start.requireSound();
    Path out =
        mode == DeployMode.CLIENT
            ? start.out()
            : flags.out(start.jobId()).toAbsolutePath().normalize();
    ResultFile.requireWritable(out);
    ModelStore store = flags.store().open(root);
    forgetOutcome(store.jobs(), start.jobId(), out);
    StoreUpload upload = new StoreUpload(SparkRuntime.hadoopConfiguration());
    Submission submission =
        new Submission(
            cluster,
            mode,
            start.jobId(),
            "secateur " + command.words("").get(0) + " " + start.jobId(),
            root,
            Submitted.class.getName(),
            arguments(command, start, store, out, upload),
            conf,
            out,
            noWait ? Submission.Wait.UNTIL_STARTED : Submission.Wait.UNTIL_ENDED);
    console.say("job " + start.jobId() + " goes to " + master + " in " + mode.wireName() + " mode");
    return run(
        new SparkSubmitProcess(Installation.current(), submission), upload, store, submission);
  }

  private void requireSharedStore(URI root) {
    if (mode == DeployMode.CLUSTER && "file".equals(root.getScheme())) {
      throw new ClusterException(
          new Problem(
              "store " + root + " for a driver that runs on the cluster",
              "a store that every host sees, as in hdfs://host:8020/secateur",
              "choose it with --store, or leave out --deploy-mode cluster"));
    }
  }

  /** An earlier run's: nobody may take it for this one's. */
  private static void forgetOutcome(JobFolders jobs, String jobId, Path out) {
    jobs.delete(jobId, ResultFile.NAME);
    jobs.delete(jobId, CancelWatch.FILE);
    try {
      Files.deleteIfExists(out.resolve(ResultFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> arguments(
      Submittable command, JobStart start, ModelStore store, Path out, StoreUpload upload) {
    JobFolders jobs = store.jobs();
    boolean shared = !"file".equals(store.root().getScheme());
    URI files = jobs.files(start.jobId());
    String mnist = Submitted.NONE;
    if (shared && command.readsMnist(store)) {
      mnist = files + "/mnist";
      for (Path file : MnistDownload.files(MnistDownload.defaultFolder())) {
        upload.copy(file.toUri(), URI.create(mnist + "/" + file.getFileName()));
      }
    }
    Optional<LocalFiles> local = command.travelling();
    List<URI> places = new ArrayList<>(command.places());
    local.ifPresent(one -> places.addAll(one.places()));
    Map<URI, URI> moved = shared ? upload(places, files, upload) : Map.of();
    local.ifPresent(one -> jobs.write(start.jobId(), Submitted.FILE, one.yamlWith(moved)));
    boolean here = mode == DeployMode.CLIENT;
    List<String> arguments = new ArrayList<>();
    arguments.add(store.root().toString());
    arguments.add(start.jobId());
    arguments.add(here ? Submitted.LEAVE : Submitted.KEEP);
    arguments.add(mnist);
    arguments.add(here ? out.toString() : "secateur-out/" + start.jobId());
    arguments.addAll(command.words(Submitted.JOB_FILE, moved));
    arguments.addAll(command.flags().words());
    arguments.addAll(List.of("--master", master, "--store", store.root().toString()));
    if (start.isResumed()) {
      arguments.add("--resume=" + start.jobId());
    }
    List<String> asked = spec.root().commandLine().getParseResult().originalArgs();
    arguments.addAll(List.of("--submitted-as", JobFlags.encoded(asked)));
    return arguments;
  }

  private static Map<URI, URI> upload(List<URI> places, URI folder, StoreUpload upload) {
    Map<URI, URI> moved = new LinkedHashMap<>();
    for (URI place : places) {
      String name = Path.of(place).getFileName().toString();
      URI target =
          URI.create(folder + "/" + moved.size() + "-" + name.replaceAll("[^A-Za-z0-9._-]", "_"));
      upload.copy(place, target);
      moved.put(place, target);
    }
    return moved;
  }

  private int run(
      SparkSubmitProcess spark, StoreUpload upload, ModelStore store, Submission submission) {
    Process launcher = spark.start(upload);
    Thread hook = new Thread(() -> interrupted(launcher, submission), "secateur-submit");
    Runtime.getRuntime().addShutdownHook(hook);
    String jobId = submission.jobId();
    Path out = submission.out();
    try {
      if (mode == DeployMode.CLIENT) {
        launcher.waitFor();
        return RemoteJob.exitCode(jobId, out, out.resolve("spark.log").toString());
      }
      if (noWait) {
        if (launcher.waitFor() != 0) {
          return RemoteJob.exitCode(jobId, out, spark.log().toString());
        }
        console.answer(jobId);
        return ExitCodes.DONE;
      }
      RemoteJob job = new RemoteJob(console, store.jobs(), jobId);
      job.await(launcher);
      job.copyTo(out);
      int code = RemoteJob.exitCode(jobId, out, spark.log().toString());
      job.close(out, store.root());
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCodes.INTERRUPTED;
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // it runs
      }
    }
  }

  /** Ctrl-C reaches a driver here as well, which then writes down how it ended. */
  private void interrupted(Process launcher, Submission submission) {
    launcher.destroy();
    if (mode == DeployMode.CLUSTER) {
      String id = submission.jobId() + StoreFlags.option(submission.store());
      console
          .err()
          .println(
              "secateur: job "
                  + submission.jobId()
                  + " goes on on the cluster; look at it: secateur jobs show "
                  + id
                  + "; end it: secateur jobs cancel "
                  + id);
      return;
    }
    try {
      launcher.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
