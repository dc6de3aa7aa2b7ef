package io.secateur.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.store.hadoop.FaultPlan.Call;
import io.secateur.store.hadoop.FaultPlan.Fault;
import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every operation of the store, with every fault at every call that it makes of the filesystem. The
 * calls are those that the operation was seen to make when nothing failed, so that none is left
 * out.
 */
final class FaultMatrix {
  private static final Map<Pattern, String> STEPS = new LinkedHashMap<>();

  static {
    String id = "[0-9a-f-]{36}";
    STEPS.put(Pattern.compile(".*/data/" + id + "/[^.].*\\.tensor"), "tensor file");
    STEPS.put(Pattern.compile(".*/data/" + id + "/configuration\\.json"), "configuration");
    STEPS.put(Pattern.compile(".*/data/" + id + "/\\.manifest-" + id), "manifest, hidden");
    STEPS.put(Pattern.compile(".*/data/" + id), "payload folder");
    STEPS.put(Pattern.compile(".*/versions/[0-9]+\\.json"), "manifest");
    STEPS.put(Pattern.compile(".*/versions/[0-9]+\\.expired"), "tombstone");
    STEPS.put(Pattern.compile(".*/versions/\\.expired-" + id), "tombstone, hidden");
    STEPS.put(Pattern.compile("models/\\.clock-" + id), "clock, hidden");
    STEPS.put(Pattern.compile(".*/versions"), "versions folder");
    STEPS.put(Pattern.compile(".*/tags/\\.new-" + id), "tag, hidden");
    STEPS.put(Pattern.compile(".*/tags/.+"), "tag");
    STEPS.put(Pattern.compile(".*/tags"), "tags folder");
    STEPS.put(Pattern.compile("(models(/[^/]+(/data)?)?)?"), "folders above");
  }

  /** Where the store lies. */
  interface Disk {
    StoreFiles files(String folder, FaultPlan plan) throws IOException;
  }

  /** The calls of one kind: what the store does, which file it is about, what is called. */
  record Row(StoreAction action, String step, FileOperation operation) {}

  private final Disk disk;

  FaultMatrix(Disk disk) {
    this.disk = disk;
  }

  static String step(String path) {
    return STEPS.entrySet().stream()
        .filter(step -> step.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step for " + path));
  }

  /** The lines of the table for some of its rows, in the order of the calls. */
  List<String> lines(Set<StoreAction> actions, Predicate<Row> chosen) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StoreAction action : actions) {
      Map<Row, Map<Fault, Map<String, Integer>>> cells = new LinkedHashMap<>();
      List<Call> calls = run(action, Map.of()).calls();
      int commit = action.beginsAtCommit() ? commitIn(calls) : -1;
      Map<Integer, Fault> given =
          action.given().map(fault -> Map.of(commit, fault)).orElse(Map.of());
      List<Call> all = given.isEmpty() ? calls : run(action, given).calls();
      for (int at = commit + 1; at < all.size(); at++) {
        Call call = all.get(at);
        Row row = new Row(action, step(call.path()), call.operation());
        if (!chosen.test(row)) {
          continue;
        }
        for (Fault fault : call.faults()) {
          Map<Integer, Fault> faults = new TreeMap<>(given);
          faults.put(at, fault);
          cells
              .computeIfAbsent(row, key -> new EnumMap<>(Fault.class))
              .computeIfAbsent(fault, key -> new TreeMap<>())
              .merge(run(action, faults).outcome(), 1, Integer::sum);
        }
      }
      cells.forEach((row, outcomes) -> lines.add(line(row, outcomes)));
    }
    return lines;
  }

  private static int commitIn(List<Call> calls) {
    for (int i = 0; i < calls.size(); i++) {
      FileOperation operation = calls.get(i).operation();
      if ((operation == FileOperation.LINK || operation == FileOperation.RENAME)
          && step(calls.get(i).path()).equals("manifest")) {
        return i;
      }
    }
    throw new AssertionError("a publish without a commit");
  }

  private StoreAction.Result run(StoreAction action, Map<Integer, Fault> faults)
      throws IOException {
    String folder = "faults/" + UUID.randomUUID();
    FaultPlan plan = new FaultPlan(folder, faults);
    StoreFiles sound = disk.files(folder, new FaultPlan(folder, Map.of()));
    sound.createFolder("");
    try {
      return action.run(sound, disk.files(folder, plan), plan);
    } catch (AssertionError | RuntimeException e) {
      List<String> at =
          faults.entrySet().stream()
              .map(
                  fault -> {
                    List<Call> calls = plan.calls();
                    Object call = fault.getKey() < calls.size() ? calls.get(fault.getKey()) : "-";
                    return fault.getValue() + " at " + fault.getKey() + " " + call;
                  })
              .toList();
      throw new AssertionError(action + " with " + at + ": " + e.getMessage(), e);
    } finally {
      sound.deleteFolder("");
    }
  }

  private static String line(Row row, Map<Fault, Map<String, Integer>> outcomes) {
    List<String> cells = new ArrayList<>();
    cells.add(row.action().words());
    cells.add(row.step());
    cells.add(row.operation().word());
    for (Fault fault : Fault.values()) {
      cells.add(outcomes.containsKey(fault) ? cell(outcomes.get(fault)) : "");
    }
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String cell(Map<String, Integer> outcomes) {
    return outcomes.size() == 1
        ? outcomes.keySet().iterator().next()
        : outcomes.entrySet().stream()
            .map(outcome -> outcome.getKey() + " x" + outcome.getValue())
            .collect(Collectors.joining(", "));
  }

  static List<String> head() {
    List<String> words = new ArrayList<>(List.of("the store", "file", "call"));
    for (Fault fault : Fault.values()) {
      words.add(fault.name().toLowerCase(Locale.ROOT));
    }
    String line = "| " + String.join(" | ", words) + " |";
    assertThat(words).hasSize(8);
    return List.of(line, "|" + " --- |".repeat(words.size()));
  }
}
