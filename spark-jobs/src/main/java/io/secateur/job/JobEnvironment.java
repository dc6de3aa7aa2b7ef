package io.secateur.job;

import io.secateur.report.JobListener;
import io.secateur.report.PublishGate;
import io.secateur.report.ResultBuilder;
import io.secateur.store.ModelStore;

/**
 * What surrounds a job.
 *
 * @param jobId unique, sortable by time
 * @param master Spark's master, such as {@code local[*]}
 * @param store where models are read and published
 * @param listener is told how the job goes
 * @param result collects what goes to result.json, also of a job that fails
 * @param gate every commit passes through it
 * @param history what came before this run
 */
public record JobEnvironment(
    String jobId,
    String master,
    ModelStore store,
    JobListener listener,
    ResultBuilder result,
    PublishGate gate,
    JobHistory history) {}
