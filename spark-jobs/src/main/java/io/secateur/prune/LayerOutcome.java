package io.secateur.prune;

import java.util.OptionalDouble;

/**
 * What a cut left of a layer.
 *
 * @param layer name
 * @param weights prunable weights before any pruning
 * @param surviving weights in the mask
 * @param threshold fixed threshold or quality: t of this step; target sparsity: the largest |w|
 *     that this step cut, over all layers in scope when the scope is global (in this layer when it
 *     is layer-adaptive), 0 when it cut none; empty for excluded layers
 */
public record LayerOutcome(String layer, long weights, long surviving, OptionalDouble threshold) {}
