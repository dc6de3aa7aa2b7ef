package io.secateur.cli;

import io.secateur.error.UsageException;
import io.secateur.store.ModelReference;
import io.secateur.store.ModelStore;
import io.secateur.store.ModelVersion;
import io.secateur.store.Names;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a version a name of its own, or takes it away. */
@Command(
    name = "tag",
    description = "Make a tag name a version, whatever it named before, or remove it.")
final class TagCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags flags;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "name (its highest version), name@version or name@tag.")
  private String model;

  @Parameters(index = "1", paramLabel = "TAG", description = "Such as production.")
  private String tag;

  @Option(names = "--remove", description = "Remove the tag TAG of the model NAME.")
  private boolean remove;

  TagCommand(Console console) {
    this.console = console;
  }

  /**
   * What {@code --json} prints.
   *
   * @param version null when the tag was removed
   */
  record Tagged(String model, String tag, Integer version) {}

  @Override
  public Integer call() {
    console.verbosity(flags.verbosity());
    ModelReference reference = ModelReference.parse(model);
    Names.requireTag(tag);
    ModelStore store = flags.store().open(flags.store().root());
    if (remove) {
      remove(store, reference);
    } else {
      ModelVersion version = store.resolve(reference);
      store.tag(version, tag);
      answer(new Tagged(version.model(), tag, version.number()), version + " is tagged " + tag);
    }
    return ExitCodes.DONE;
  }

  private void remove(ModelStore store, ModelReference reference) {
    if (reference.number().isPresent() || reference.tag().isPresent()) {
      throw new UsageException(
          "models tag " + model + " " + tag + " --remove",
          "models tag " + reference.model() + " " + tag + " --remove",
          "a tag belongs to its model: leave the version out");
    }
    store.untag(reference.model(), tag);
    answer(
        new Tagged(reference.model(), tag, null),
        "removed tag " + tag + " of " + reference.model());
  }

  private void answer(Tagged tagged, String line) {
    console.answer(flags.json() ? ModelFlags.toJson(tagged) : line);
  }
}
