package io.secateur.cli;

import io.secateur.error.StoreException;
import io.secateur.report.Figures;
import io.secateur.report.TextTable;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * The models of a store, or the versions of one of them. The list of all models opens no manifest,
 * so that it stays fast however many versions there are.
 */
@Command(name = "list", description = "List the models of a store, or the versions of one model.")
final class ListModelsCommand implements Callable<Integer> {
  /** The figure that a job publishes with its version. */
  static final String TEST_ERROR = "testErrorPercent";

  private final Console console;
  private int code = ExitCodes.DONE;

  @Mixin private ModelFlags flags;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "List the versions of this model.")
  private String model;

  ListModelsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    URI root = flags.store().root();
    ModelStore store = flags.store().open(root);
    if (model == null) {
      listModels(store);
    } else {
      listVersions(store, Names.requireModel(model));
    }
    return code;
  }

  private void listModels(ModelStore store) {
    List<ModelView> models = readable(store.models(), name -> ModelView.of(store, name));
    if (flags.json()) {
      console.answer(ModelFlags.toJson(models));
    } else if (models.isEmpty()) {
      console.answer("no models in " + store.root());
    } else {
      modelTable(models).lines().forEach(console::answer);
    }
  }

  private void listVersions(ModelStore store, String name) {
    store.resolve(ModelReference.highest(name));
    SortedMap<String, ModelVersion> tags = store.tags(name);
    var expired = store.expired(name);
    List<VersionView> versions =
        readable(
            store.versions(name),
            version -> VersionView.of(store.manifest(version), tags, expired.contains(version)));
    if (flags.json()) {
      console.answer(ModelFlags.toJson(versions));
    } else {
      versionTable(versions).lines().forEach(console::answer);
    }
  }

  /** What can be read; of the rest it is said what is wrong with it. */
  private <T, V> List<V> readable(List<T> all, Function<T, V> read) {
    List<V> views = new ArrayList<>();
    for (T one : all) {
      try {
        views.add(read.apply(one));
      } catch (StoreException e) {
        code = console.failed(e);
      }
    }
    return views;
  }

  private static TextTable modelTable(List<ModelView> models) {
    TextTable table =
        new TextTable()
            .text("model")
            .number("latest")
            .number("live")
            .number("expired")
            .text("tags");
    for (ModelView view : models) {
      table.row(
          view.model(),
          Integer.toString(view.latest()),
          Figures.count(view.versions().size() - view.expired().size()),
          Figures.count(view.expired().size()),
          view.tags().entrySet().stream()
              .filter(tag -> !JobId.isTag(tag.getKey()))
              .map(tag -> tag.getKey() + "@" + tag.getValue())
              .collect(Collectors.joining(", ")));
    }
    return table;
  }

  private static TextTable versionTable(List<VersionView> versions) {
    TextTable table =
        new TextTable()
            .text("version")
            .text("state")
            .text("stage")
            .number("weights")
            .number("surviving")
            .number("times")
            .number("error %")
            .number("bytes")
            .text("created")
            .text("tags");
    for (VersionView version : versions) {
      table.row(
          version.model() + "@" + version.version(),
          version.state(),
          version.stage(),
          Figures.count(version.weights()),
          Figures.count(version.surviving()),
          version.compression() == null ? null : Figures.times(version.compression()),
          testError(version),
          Figures.count(version.bytes()),
          version.created(),
          String.join(", ", version.tags()));
    }
    return table;
  }

  static String testError(VersionView version) {
    return version.figures().get(TEST_ERROR) instanceof Number error
        ? Figures.percentDigits(error.doubleValue())
        : null;
  }
}
