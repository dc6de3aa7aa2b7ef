/**
 * When to prune and at what rate to retrain: schedules and decays are small functions of exact
 * fractions, without state. A schedule is turned once, on the driver, into the list of its cuts
 * ({@link io.secateur.schedule.CutPlan}), so that what a job will do is known before it starts and
 * does not depend on how long anything takes.
 */
package io.secateur.schedule;
