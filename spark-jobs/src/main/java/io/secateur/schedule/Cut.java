package io.secateur.schedule;

import io.secateur.tensor.Fraction;

/**
 * One cut of a schedule.
 *
 * @param step i, 1-based
 * @param steps m, the number of cuts of the plan
 * @param round the cut is made before this round runs; 0-based, counted from the start of pruning
 * @param fraction f_i, how far towards the target this cut goes; exactly 1 at the last one
 */
public record Cut(int step, int steps, int round, Fraction fraction) {}
