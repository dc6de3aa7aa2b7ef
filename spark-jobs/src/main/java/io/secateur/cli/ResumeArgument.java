package io.secateur.cli;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Takes the id of {@code --resume=JOB-ID} only when it is attached: in {@code --resume JOB.yaml}
 * the word that follows is the job file.
 */
final class ResumeArgument implements IParameterPreprocessor {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own signature
  public boolean preprocess(
      Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
    if (info.get("separator") instanceof String separator && !separator.isBlank()) {
      return false;
    }
    option.setValue(JobFlags.NEWEST);
    return true;
  }
}
