/**
 * What a job tells: to the terminal while it runs ({@link io.secateur.report.JobListener}) and to a
 * machine when it has ended ({@link io.secateur.report.JobResult}, the file {@code result.json}).
 * Jobs fill a {@link io.secateur.report.ResultBuilder} as they learn things, so a job that fails
 * half way still reports what was known. The first outcome stands: whoever settles a job closes its
 * {@link io.secateur.report.PublishGate} first, so that nothing is published after "failed" was
 * written.
 */
package io.secateur.report;
