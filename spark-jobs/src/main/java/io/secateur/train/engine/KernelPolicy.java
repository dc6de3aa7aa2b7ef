package io.secateur.train.engine;

import io.secateur.config.LayerKernel;
import io.secateur.kernel.SparseConvolution;
import io.secateur.network.Node;
import io.secateur.network.NodeKind;
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

  /** The kernel that costs less by the table of this process. */
  public static KernelPolicy cheapest(Map<String, LayerKernel> fixed) {
    return cheapest(fixed, KernelCosts.ofThisProcess());
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
      Mask own = mask.slice(tensor.offset(), tensor.elements());
      decisions.put(tensor.layer(), decide(topology, tensor, own, batch));
    }
    return new KernelPlan(decisions);
  }

  private KernelPlan.Decision decide(
      Topology topology, ParameterTensor tensor, Mask mask, int batch) {
    Node node = topology.node(tensor.layer()).orElseThrow();
    if (node.kind() == NodeKind.CONVOLUTION
        && !SparseConvolution.isPossible(NetworkBuilder.filterOf(node))) {
      return new KernelPlan.Decision(LayerKernel.DENSE, "no sparse kernel for its strides");
    }
    LayerKernel told = everywhere != null ? everywhere : fixed.get(tensor.layer());
    if (told != null) {
      return new KernelPlan.Decision(told, "asked for");
    }
    double density = (double) mask.cardinality() / mask.length();
    return costs.cheaper(LayerWork.of(node), batch, density);
  }
}
