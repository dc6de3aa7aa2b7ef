package io.secateur.train.engine;

import io.secateur.config.LayerKernel;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.Topology;
import io.secateur.tensor.Mask;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which kernel runs each layer, from what it is told and from costs measured before: a pure
 * function of the network, the mask and the size of minibatches, so that the driver, which records
 * the decision, and every worker come to the same.
 */
public final class KernelPolicy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, LayerKernel> fixed;
  private final LayerKernel everywhere;
  private final KernelCosts costs;

  private KernelPolicy(Map<String, LayerKernel> fixed, LayerKernel everywhere, KernelCosts costs) {
    this.fixed = new LinkedHashMap<>(fixed);
    this.everywhere = everywhere;
    this.costs = costs;
  }

  /**
   * The kernel that costs less.
   *
   * @param fixed the kernels of layers that are not asked
   */
  public static KernelPolicy cheapest(Map<String, LayerKernel> fixed, KernelCosts costs) {
    return new KernelPolicy(fixed, null, costs);
  }

  /** The kernel that costs less by the table that ships. */
  public static KernelPolicy cheapest() {
    return cheapest(Map.of(), KernelCosts.shipped());
  }

  /** One kernel for all layers. */
  public static KernelPolicy everywhere(LayerKernel kernel) {
    return new KernelPolicy(Map.of(), kernel, null);
  }

  /**
   * The decision for every layer with weights.
   *
   * @param mask of all weights, by global index
   * @param batch the most examples in a minibatch
   */
  public KernelPlan plan(Topology topology, Mask mask, int batch) {
    Map<String, KernelPlan.Decision> decisions = new LinkedHashMap<>();
    for (ParameterTensor tensor : ParameterLayout.of(topology).weights()) {
      int surviving = mask.slice(tensor.offset(), tensor.elements()).cardinality();
      double density = (double) surviving / tensor.elements();
      LayerKernel told = everywhere != null ? everywhere : fixed.get(tensor.layer());
      decisions.put(
          tensor.layer(),
          told != null
              ? new KernelPlan.Decision(told, "asked for")
              : costs.cheaper(LayerWork.of(topology, tensor), batch, density));
    }
    return new KernelPlan(decisions);
  }
}
