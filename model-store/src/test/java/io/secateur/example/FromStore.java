package io.secateur.example;

import io.secateur.network.SparseNetwork;
import io.secateur.store.ModelReference;
import io.secateur.store.NetworkLoader;
import io.secateur.store.hadoop.ModelStores;
import java.net.URI;

/** Says what network a version of a store on {@code file:} is. */
public final class FromStore {
  private FromStore() {}

  public static void main(String[] args) {
    SparseNetwork network =
        NetworkLoader.load(ModelStores.open(URI.create(args[0])), ModelReference.parse(args[1]));
    System.out.println(network + ", label " + network.label(new float[network.inputs()]));
  }
}
