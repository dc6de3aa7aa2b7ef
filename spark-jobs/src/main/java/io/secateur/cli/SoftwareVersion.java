package io.secateur.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this software, as the build wrote it into the jar. */
final class SoftwareVersion implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = SoftwareVersion.class.getPackage().getImplementationVersion();
    return new String[] {"secateur " + (version == null ? "(not from a jar)" : version)};
  }
}
