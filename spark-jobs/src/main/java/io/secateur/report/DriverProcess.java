package io.secateur.report;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The process that runs a job's driver, as {@code progress.json} names it.
 *
 * @param host its host name
 * @param pid its process id there
 * @param started when it started, in UTC, ISO 8601: process ids are used again; null when the host
 *     does not tell
 * @param folder its working folder
 * @param arguments its command line after {@code secateur}
 */
public record DriverProcess(
    String host, long pid, String started, String folder, List<String> arguments) {
  /** Copies the list. */
  public DriverProcess {
    arguments = List.copyOf(arguments);
  }

  /** This process. */
  public static DriverProcess current(List<String> arguments) {
    ProcessHandle self = ProcessHandle.current();
    return new DriverProcess(
        hostName(), self.pid(), startOf(self), Path.of("").toAbsolutePath().toString(), arguments);
  }

  /** Whether it ran on this host, which can tell whether it still does. */
  public boolean isOfThisHost() {
    return host.equals(hostName());
  }

  /** Whether this host has this process now. */
  public boolean isAliveHere() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> started == null || started.equals(startOf(process)))
        .isPresent();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse(null);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
