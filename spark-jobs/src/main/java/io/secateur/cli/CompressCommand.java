package io.secateur.cli;

import io.secateur.catalog.CompressJob;
import io.secateur.config.CatalogPolicy;
import io.secateur.config.CatalogPolicyReader;
import io.secateur.config.DataLocation;
import io.secateur.config.JobOptions;
import io.secateur.config.LocalFiles;
import io.secateur.config.Locations;
import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import io.secateur.report.CatalogReport;
import io.secateur.report.CatalogTable;
import io.secateur.report.CatalogView;
import io.secateur.report.JobResult;
import io.secateur.report.ResultFile;
import io.secateur.store.ModelStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All models of a catalog in one run. */
@Command(
    name = "compress",
    description = {
      "Compress all models of a catalog by one policy, each as a task of its own.",
      "A model that can't be compressed costs only itself; models that were compressed by the same",
      "policy before are left alone."
    })
final class CompressCommand implements Callable<Integer>, Submittable, JobRunner.Body {
  private final Console console;

  @Mixin private JobFlags flags;

  @Parameters(
      paramLabel = "CATALOG",
      arity = "1..*",
      description =
          "A folder (local or HDFS) of DL4J zips; or names, globs and tags of the store, such as"
              + " lenet-5, 'lenet-*', '*@production'.")
  private List<String> catalog;

  @Option(
      names = "--policy",
      paramLabel = "POLICY.yaml",
      required = true,
      description = "What is cut of which layers; conf/catalog-policy.yaml explains every key.")
  private Path file;

  @Option(
      names = "--allow-failures",
      description = "End with code 0 when models could not be compressed (default: 1).")
  private boolean allowFailures;

  private Path out;

  CompressCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return new JobRunner(console, flags).run("compress", this);
  }

  @Override
  public JobFlags flags() {
    return flags;
  }

  @Override
  public Optional<JobOptions> options() {
    return Optional.empty();
  }

  @Override
  public Optional<JobSubject> subject() {
    String name =
        String.join("-", catalog)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._]+", "-")
            .replaceAll("^[^a-z0-9]+|-+$", "");
    return Optional.of(new JobSubject(flags.store().root(), name.isEmpty() ? "catalog" : name));
  }

  @Override
  public Optional<LocalFiles> travelling() {
    return Optional.of(LocalFiles.of(policy().document()));
  }

  @Override
  public List<URI> places() {
    return folder().stream().toList();
  }

  /** The catalog's folder, if it is one of this host. */
  private Optional<URI> folder() {
    return catalog.size() == 1
            && !catalog.get(0).matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
            && Files.isDirectory(Path.of(catalog.get(0)))
        ? Optional.of(Locations.uri(catalog.get(0), "CATALOG"))
        : Optional.empty();
  }

  @Override
  public List<String> words(String policyFile) {
    return words(policyFile, Map.of());
  }

  @Override
  public List<String> words(String policyFile, Map<URI, URI> moved) {
    List<String> words = new ArrayList<>(List.of("compress"));
    folder()
        .ifPresentOrElse(
            here -> words.add(moved.getOrDefault(here, here).toString()),
            () -> words.addAll(catalog));
    words.addAll(List.of("--policy", policyFile));
    if (allowFailures) {
      words.add("--allow-failures");
    }
    return words;
  }

  @Override
  public boolean readsMnist(ModelStore store) {
    return policy().models().stream()
        .flatMap(rule -> rule.job().stream())
        .anyMatch(job -> job.data().location() instanceof DataLocation.Mnist);
  }

  private CatalogPolicy policy() {
    return CatalogPolicyReader.read(file, flags.sets());
  }

  @Override
  public void run(JobContext context) {
    out = context.out();
    CatalogPolicy policy = policy();
    new CompressJob(
            catalog,
            policy,
            context.environment(subject().orElseThrow()),
            csv -> ResultFile.write(out, CatalogTable.FILE, csv))
        .run();
  }

  @Override
  public void close(Console ended, JobResult result) {
    ended.say("");
    CatalogView.lines(result.catalog()).forEach(ended::answer);
    ended.say("");
    ended.say("table: " + out.resolve(CatalogTable.FILE));
  }

  @Override
  public void judge(Console ended, JobResult result) {
    CatalogReport report = result.catalog();
    if (report.failed() > 0 && !allowFailures) {
      CatalogReport.Model first =
          report.models().stream()
              .filter(model -> model.status() == CatalogReport.Status.FAILED)
              .findFirst()
              .orElseThrow();
      throw new JobFailedException(
          new Problem(
              "%d of %d models that could not be compressed, the first: %s: %s"
                  .formatted(
                      report.failed(), report.models().size(), first.source(), first.reason()),
              "none",
              "mend or remove them and run it again, or pass --allow-failures"));
    }
  }
}
