package io.secateur.report;

import io.secateur.preflight.Finding;
import io.secateur.preflight.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A preflight's findings for people: a table, then what mends those that aren't well. */
public final class PreflightView {
  private PreflightView() {}

  /** Its lines; what several executors have in common stands there once. */
  public static List<String> lines(List<Finding> findings) {
    Map<List<Object>, List<String>> hosts = new LinkedHashMap<>();
    Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
    for (Finding finding : findings) {
      counts.merge(finding.verdict(), 1, Integer::sum);
      hosts.computeIfAbsent(kind(finding), kind -> new ArrayList<>()).add(finding.host());
    }
    TextTable table = new TextTable().text("where").text("check").text("").text("found");
    List<String> remedies = new ArrayList<>();
    for (Finding finding : findings) {
      List<String> places = hosts.remove(kind(finding));
      if (places == null) {
        continue;
      }
      String where = places.size() == 1 ? places.get(0) : places.size() + " executors";
      String verdict = finding.verdict().wireName();
      table.row(where, finding.check(), verdict, finding.found());
      if (finding.verdict() != Verdict.OK) {
        remedies.add(verdict + ", " + finding.check() + ", " + where + ": " + finding.remedy());
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.addAll(remedies);
    lines.add(
        counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey().wireName())
            .collect(Collectors.joining(", ")));
    return lines;
  }

  private static List<Object> kind(Finding finding) {
    String place = finding.host().startsWith(Finding.EXECUTOR) ? Finding.EXECUTOR : finding.host();
    return List.of(place, finding.check(), finding.verdict(), finding.found());
  }
}
