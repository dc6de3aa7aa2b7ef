package io.secateur.bench;

import io.secateur.error.JobFailedException;
import io.secateur.error.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes that processes of this machine sent and received over TCP, as the kernel counts them for
 * each connection (Linux, {@code ss} of iproute2). What a connection carried after the last reading
 * and before its end is missed.
 */
final class SocketBytes {
  private static final Pattern ENDS =
      Pattern.compile("^\\S+\\s+\\d+\\s+\\d+\\s+(\\S+)\\s+(\\S+).*\\bpid=(\\d+),fd=(\\d+)");
  private static final Pattern SENT = Pattern.compile("\\bbytes_sent:(\\d+)");
  private static final Pattern RECEIVED = Pattern.compile("\\bbytes_received:(\\d+)");

  private Map<String, Long> counters = new HashMap<>();
  private final Map<Long, Long> sent = new HashMap<>();
  private final Map<Long, Long> received = new HashMap<>();

  /**
   * Reads the counters of all connections.
   *
   * @throws JobFailedException when {@code ss} can't be run
   */
  void read() {
    accept(run());
  }

  /** Takes the output of {@code ss -tinpH}. */
  void accept(String report) {
    Map<String, Long> seen = new HashMap<>();
    Matcher connection = null;
    for (String line : report.lines().toList()) {
      Matcher ends = ENDS.matcher(line);
      if (ends.find()) {
        connection = ends;
      } else if (connection != null) {
        count("sent", SENT, line, connection, seen, sent);
        count("received", RECEIVED, line, connection, seen, received);
        connection = null;
      }
    }
    counters = seen;
  }

  private void count(
      String kind,
      Pattern counter,
      String line,
      Matcher ends,
      Map<String, Long> seen,
      Map<Long, Long> totals) {
    Matcher found = counter.matcher(line);
    long now = found.find() ? Long.parseLong(found.group(1)) : 0;
    String key = kind + ' ' + ends.group(1) + ' ' + ends.group(2) + ' ' + ends.group(4);
    long before = counters.getOrDefault(key, 0L);
    // a lower count is another connection between the same ends
    long added = now >= before ? now - before : now;
    totals.merge(Long.valueOf(ends.group(3)), added, Long::sum);
    seen.put(key, now);
  }

  /** Sent by a process in all its connections so far. */
  long sentBy(long pid) {
    return sent.getOrDefault(pid, 0L);
  }

  /** Received by a process in all its connections so far. */
  long receivedBy(long pid) {
    return received.getOrDefault(pid, 0L);
  }

  private static String run() {
    try {
      Process process =
          new ProcessBuilder("ss", "-tinpH").redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("it ended with " + process.exitValue());
      }
      return report;
    } catch (IOException e) {
      throw noReport(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noReport(e);
    }
  }

  private static JobFailedException noReport(Exception e) {
    return new JobFailedException(
        new Problem(
            "no counts of TCP connections (ss -tinpH: " + e.getMessage() + ")",
            "ss, of iproute2, on Linux",
            "install iproute2, or leave this figure out"),
        e);
  }
}
