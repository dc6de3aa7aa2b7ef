package io.secateur.report;

/**
 * Where the time of an epoch's rounds went, each a share in [0, 1].
 *
 * @param compute the workers' arithmetic
 * @param wire serialisation, network, scheduling and averaging
 * @param waiting cores that idled because another worker was slower
 */
public record TimeShares(double compute, double wire, double waiting) {}
