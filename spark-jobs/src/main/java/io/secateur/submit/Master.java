package io.secateur.submit;

import io.secateur.error.UsageException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A cluster's address as {@code --master} has it. */
public final class Master {
  private static final String STANDALONE = "spark://";
  private static final String KUBERNETES = "k8s://";
  private static final Pattern HOST_AND_PORT = Pattern.compile("[^:/,]+:[0-9]{1,5}");

  private final String url;

  private Master(String url) {
    this.url = url;
  }

  /**
   * Takes {@code spark://host:port[,host:port]}, {@code yarn} or {@code k8s://…}.
   *
   * @throws UsageException for anything else
   */
  public static Master parse(String url) {
    Master master = new Master(url);
    boolean known =
        master.isStandalone()
            ? master.addresses().stream().allMatch(HOST_AND_PORT.asMatchPredicate())
            : master.isYarn() || master.isKubernetes();
    if (!known) {
      throw new UsageException(
          "--master " + url,
          "a cluster: spark://host:7077, yarn or k8s://https://host:6443",
          "correct it, or leave out submit to run the job on this host");
    }
    return master;
  }

  /** The address as it was given. */
  public String url() {
    return url;
  }

  boolean isStandalone() {
    return url.startsWith(STANDALONE);
  }

  boolean isYarn() {
    return url.equals("yarn");
  }

  boolean isKubernetes() {
    return url.startsWith(KUBERNETES);
  }

  private List<String> addresses() {
    return Arrays.asList(url.substring(STANDALONE.length()).split(",", -1));
  }

  /** Whether it listens on this host alone: then all of the cluster is on this host. */
  boolean isLoopback() {
    return isStandalone()
        && addresses().stream()
            .allMatch(
                address -> {
                  try {
                    String host = address.substring(0, address.lastIndexOf(':'));
                    return InetAddress.getByName(host).isLoopbackAddress();
                  } catch (UnknownHostException e) {
                    return false;
                  }
                });
  }
}
