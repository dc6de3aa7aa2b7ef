package io.secateur.train.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** What DL4J's layers and their parameters are called in a topology. */
final class LayerNames {
  /** The node of the examples. */
  static final String INPUT = "input";

  private LayerNames() {}

  /**
   * A node name for each layer: its own where it has one, {@code layer<index>} where not, with
   * characters that names can't hold replaced by a dash.
   */
  static List<String> of(MultiLayerConfiguration configuration) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>(Set.of(INPUT));
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      String own = configuration.getConf(i).getLayer().getLayerName();
      names.add(unique(own == null || own.isBlank() ? "layer" + i : own, taken));
    }
    return names;
  }

  /** The names of nodes by those of a graph's vertices, made in the same way. */
  static Map<String, String> of(ComputationGraphConfiguration configuration) {
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(Set.of(INPUT));
    for (String vertex : new TreeSet<>(configuration.getVertices().keySet())) {
      names.put(vertex, unique(vertex, taken));
    }
    return names;
  }

  /** A valid name that is not taken yet; it is taken from now on. */
  static String unique(String wanted, Set<String> taken) {
    String valid = wanted.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
    if (valid.isEmpty()) {
      valid = "layer";
    }
    String name = valid;
    for (int i = 2; !taken.add(name); i++) {
      name = valid + "-" + i;
    }
    return name;
  }

  /**
   * The layer that does one group of a convolution, as in {@code conv2-group-1}.
   *
   * @param group from 1
   */
  static String group(String node, int group) {
    return node + "-group-" + group;
  }

  /** The canonical name of a parameter, as in {@code fc1.weight} for W. */
  static String parameter(String node, String key) {
    String local =
        switch (key) {
          case "W" -> "weight";
          case "b" -> "bias";
          case "gamma" -> "scale";
          case "beta" -> "shift";
          case "var" -> "variance";
          default -> key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
        };
    return node + "." + local;
  }
}
