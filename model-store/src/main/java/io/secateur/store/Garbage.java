package io.secateur.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a collection removes, as planned or as done.
 *
 * @param items what nobody needs
 * @param skipped models that are left alone because a manifest or tag of theirs can't be read, so
 *     that what they need isn't known; and what couldn't be removed
 */
public record Garbage(List<Item> items, List<Damage> skipped) {
  /** Copies both lists. */
  public Garbage {
    items = List.copyOf(items);
    skipped = List.copyOf(skipped);
  }

  /** Why something is garbage. */
  public enum Reason {
    /** A payload that no manifest names: its publisher died, or was refused. */
    UNREFERENCED,
    /** The payload of an expired version. */
    EXPIRED,
    /** A hidden file of a writer that died. */
    LEFTOVER;

    /** As it is shown. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A folder of payload, or one file.
   *
   * @param model whose it is
   * @param path below the store's root
   * @param reason why it goes
   * @param bytes of its files
   * @param since when it became garbage or was last written, by the filesystem's clock
   */
  public record Item(String model, String path, Reason reason, long bytes, Instant since) {}

  /** The bytes of all items. */
  public long bytes() {
    return items.stream().mapToLong(Item::bytes).sum();
  }
}
