package io.secateur.store.hadoop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which calls of a filesystem's client fail, and how. A plan without faults records the calls that
 * an operation of the store makes; a plan with a fault at each of them in turn misses none.
 */
final class FaultPlan {
  /** What a client asks of a filesystem. */
  enum FileOperation {
    MKDIR,
    CREATE,
    WRITE,
    FSYNC,
    CLOSE,
    LINK,
    RENAME,
    DELETE,
    STATUS,
    LIST,
    OPEN,
    READ;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In which way a call fails. */
  enum Fault {
    /** An error, and nothing was done. */
    BEFORE,
    /** It was done, and then an error in place of the answer. */
    AFTER,
    /** Half of it was done: half the bytes, half the names; then an error. */
    HALF,
    /** No error, but a wrong answer: not there, nothing in it, fewer bytes, not done. */
    FALSE,
    /** From this call on nothing is done, and every call is an error. */
    GONE
  }

  /** One way of carrying out a call. */
  interface Work<T> {
    T run() throws IOException;
  }

  /** A call as it was made: what, on which path below the root, and the faults it can have. */
  record Call(FileOperation operation, String path, Set<Fault> faults) {}

  private final String root;
  private final Map<Integer, Fault> faults;
  private final List<Call> calls = new ArrayList<>();
  private Consumer<Call> watcher = call -> {};
  private boolean gone;
  private boolean healed;

  /**
   * A plan.
   *
   * @param root the folder of the store; paths are recorded without it and what is above
   * @param faults the faults by the number of the call, from 0
   */
  FaultPlan(String root, Map<Integer, Fault> faults) {
    this.root = root;
    this.faults = Map.copyOf(faults);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Tells of each call before it is made. */
  void watch(Consumer<Call> calls) {
    watcher = calls;
  }

  /** How long a store may wait, so that a build's load changes no outcome: never too short. */
  Patience patience() {
    long millis = !faults.containsValue(Fault.GONE) ? 10_000 : faults.size() > 1 ? 300 : 5;
    return new Patience(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(millis));
  }

  /** No call fails any more. */
  void heal() {
    healed = true;
  }

  /** A call that works, or fails before or after. */
  <T> T call(FileOperation operation, Object path, Work<T> whole) throws IOException {
    return call(operation, path, whole, null, null);
  }

  /**
   * A call.
   *
   * @param half does half of it and throws; null when there is no half of it
   * @param untrue gives the wrong answer; null when it gives none
   */
  <T> T call(FileOperation operation, Object path, Work<T> whole, Work<T> half, Work<T> untrue)
      throws IOException {
    Set<Fault> possible = EnumSet.of(Fault.BEFORE, Fault.AFTER, Fault.GONE);
    if (half != null) {
      possible.add(Fault.HALF);
    }
    if (untrue != null) {
      possible.add(Fault.FALSE);
    }
    Fault fault = healed ? null : faults.get(calls.size());
    Call call = new Call(operation, relative(path.toString()), possible);
    calls.add(call);
    watcher.accept(call);
    gone = !healed && (gone || fault == Fault.GONE);
    if (gone || fault == Fault.BEFORE) {
      throw lost(operation, path);
    }
    if (fault == null) {
      return whole.run();
    }
    return switch (fault) {
      case HALF -> half.run();
      case FALSE -> untrue.run();
      default -> {
        whole.run();
        throw lost(operation, path);
      }
    };
  }

  static IOException lost(FileOperation operation, Object path) {
    return new IOException("injected: " + operation.word() + " " + path);
  }

  private String relative(String path) {
    int at = path.indexOf(root);
    String below = at < 0 ? "" : path.substring(at + root.length());
    return below.startsWith("/") ? below.substring(1) : below;
  }
}
