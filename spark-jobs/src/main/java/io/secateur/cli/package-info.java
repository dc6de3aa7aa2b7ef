/**
 * The command line: parses, calls the library, prints, and turns outcomes into exit codes. It is
 * the only place that prints and the only one that knows exit codes.
 *
 * <p>Every job runs through {@link io.secateur.cli.JobRunner}: whatever happens, it ends with one
 * outcome in {@code result.json} and one line on stderr when that is a failure; the stack trace
 * goes to the log file. Commands name Spark's and ND4J's classes only inside the methods that run a
 * job, so that {@code --help} starts without them.
 */
package io.secateur.cli;
