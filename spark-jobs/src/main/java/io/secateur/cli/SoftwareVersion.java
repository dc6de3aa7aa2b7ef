package io.secateur.cli;

import io.secateur.job.Software;
import picocli.CommandLine.IVersionProvider;

/** The version of this software, as the build wrote it into the jar. */
final class SoftwareVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"secateur " + Software.version()};
  }
}
