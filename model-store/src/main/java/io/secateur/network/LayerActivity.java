package io.secateur.network;

/**
 * How many of the values around a layer are not zero.
 *
 * @param layer a layer with weights
 * @param enteringPercent of the values that the layer reads, 0 to 100; 100 for those of the
 *     examples themselves, whatever they are
 * @param leavingPercent of the values that leave it, 0 to 100: behind its batch normalisation, ReLU
 *     and pools, where nothing else reads what is between
 */
public record LayerActivity(String layer, double enteringPercent, double leavingPercent) {}
