/**
 * Which weights go: criteria, scopes and the exact selection of the weights that stay. Everything
 * here is a pure function of weights, mask and options, made on the driver; thresholds are found by
 * radix selection on the bit patterns of |w|, never by sorting, so that ties, zeros and subnormal
 * numbers have one defined answer. Masks only shrink: the weights that a regrowing method would
 * need are no longer held anywhere.
 */
package io.secateur.prune;
