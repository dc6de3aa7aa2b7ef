package io.secateur.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts, over all examples that it is shown, the activations of a network that are not zero: those
 * whose products a layer can't do without ("Act%" of Han et al. 2015). Not thread-safe.
 */
public final class ActivationProbe {
  private final PredictionPlan plan;
  private final Session session;
  private final List<Site> sites = new ArrayList<>();
  private final Map<Integer, Long> nonZeros = new HashMap<>();
  private final int inputSlot;
  private final int outputs;
  private long seen;

  private record Site(String layer, int entering, int leaving) {}

  ActivationProbe(SparseNetwork network, PredictionPlan plan) {
    this.plan = plan;
    this.session = network.session(this::count);
    this.outputs = network.outputs();
    this.inputSlot = plan.slotOf(network.topology().input());
    for (Node node : network.topology().nodes()) {
      if (node.kind() == NodeKind.DENSE || node.kind() == NodeKind.CONVOLUTION) {
        int entering = plan.slotOf(network.topology().node(node.inputs().get(0)).orElseThrow());
        int leaving = plan.slotOf(end(network.topology(), node));
        sites.add(new Site(node.name(), entering, leaving));
        nonZeros.put(entering, 0L);
        nonZeros.put(leaving, 0L);
      }
    }
  }

  /** The last node that computes with a layer's values alone, before another layer reads them. */
  private static Node end(Topology topology, Node layer) {
    Node end = layer;
    while (true) {
      String name = end.name();
      List<Node> readers =
          topology.nodes().stream().filter(node -> node.inputs().contains(name)).toList();
      if (readers.size() != 1) {
        return end;
      }
      switch (readers.get(0).kind()) {
        case RELU, MAX_POOL, DROPOUT, FLATTEN, BATCH_NORM -> end = readers.get(0);
        case INPUT, DENSE, CONVOLUTION, SOFTMAX, ADD, OPAQUE -> {
          return end;
        }
      }
    }
  }

  /**
   * Shows it examples.
   *
   * @param examples [count][inputs] raw values
   * @throws IllegalArgumentException as {@link Session#logits} does
   */
  public void add(float[] examples, int count) {
    session.logits(examples, count, new float[count * outputs]);
  }

  private void count(Memory memory, int examples) {
    seen += examples;
    nonZeros.replaceAll((slot, before) -> before + nonZeros(memory, slot, examples));
  }

  private static long nonZeros(Memory memory, int slot, int examples) {
    Plane plane = memory.plane(slot);
    float[] values = memory.arena().memory();
    long count = 0;
    for (int first = 0; first < examples; first += memory.lanes()) {
      int lanes = Math.min(memory.lanes(), examples - first);
      for (int i = 0; i < plane.elements(); i++) {
        int at = memory.at(slot, first / memory.lanes(), plane.placeOf(i));
        for (int lane = at; lane < at + lanes; lane++) {
          count += values[lane] == 0 ? 0 : 1;
        }
      }
    }
    return count;
  }

  /**
   * What was counted, by layer in canonical order.
   *
   * @throws IllegalStateException when no example was shown yet
   */
  public List<LayerActivity> layers() {
    if (seen == 0) {
      throw new IllegalStateException("found no examples; expected some to count activations of");
    }
    return sites.stream()
        .map(
            site ->
                new LayerActivity(
                    site.layer,
                    site.entering == inputSlot ? 100 : percent(site.entering),
                    percent(site.leaving)))
        .toList();
  }

  private double percent(int slot) {
    return 100.0 * nonZeros.get(slot) / ((double) seen * plan.planes().get(slot).elements());
  }
}
