/**
 * {@code secateur compress}: all models of a catalog in one run, by one policy.
 *
 * <p>A model is a Spark task ({@link io.secateur.catalog.ModelTask}). It reads the model's tensors
 * one after the other in the order of its file, cuts and writes each as soon as all that it
 * competes with is there, and forgets it: what a model takes is the largest part of it that must be
 * together, not its whole. {@link io.secateur.catalog.MemoryBudget} admits a model to an executor
 * when that much is free. Tasks write payload; the driver alone commits, so that a task that is
 * repeated or killed leaves garbage at most.
 *
 * <p>Models whose policy names data are measured, and retrained if asked for, by the driver ({@link
 * io.secateur.job.CatalogMember}) after all others, each in a pool of Spark's fair scheduler.
 *
 * <p>A version says in its provenance what it was made from and by which policy. Whoever finds the
 * same again does nothing: a second run, and one that goes on after its driver has died.
 */
package io.secateur.catalog;
