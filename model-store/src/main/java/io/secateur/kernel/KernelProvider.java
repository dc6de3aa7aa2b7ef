package io.secateur.kernel;

import java.util.Set;

/**
 * Picks the implementation of this process: the Vector API where its module is present (Java is
 * started with {@code --add-modules=jdk.incubator.vector}), else plain Java. One vector width in a
 * process; the first that asks decides.
 */
public final class KernelProvider {
  /** Plain Java as a width. */
  public static final int PLAIN = 0;

  private static final Set<Integer> WIDTHS = Set.of(128, 256, 512);
  private static final int PREFERRED = askPreferred();

  private static int chosenBits = -1;
  private static Kernels chosen;

  private KernelProvider() {}

  /** The widest vectors that this process can use, in bits; {@link #PLAIN} when it has none. */
  public static int preferredLaneBits() {
    return PREFERRED;
  }

  /** Why {@link #preferredLaneBits} is what it is, in a few words. */
  public static String reason() {
    return PREFERRED == PLAIN
        ? "plain Java: this JVM has no module jdk.incubator.vector or no vectors for it"
        : "the Vector API with vectors of " + PREFERRED + " bits";
  }

  /**
   * The kernels of a width.
   *
   * @param laneBits {@link #PLAIN}, 128, 256 or 512
   * @throws UnsupportedOperationException when this process can't use that width; the message says
   *     why
   */
  public static synchronized Kernels of(int laneBits) {
    if (laneBits == PLAIN) {
      return new PlainKernels();
    }
    if (!WIDTHS.contains(laneBits)) {
      throw new UnsupportedOperationException("no vectors are " + laneBits + " bits wide");
    }
    if (laneBits > PREFERRED) {
      throw new UnsupportedOperationException("only " + reason());
    }
    if (chosen == null) {
      chosenBits = laneBits;
      chosen = make();
    }
    if (laneBits != chosenBits) {
      throw new UnsupportedOperationException(
          "a process that has computed with vectors of " + chosenBits + " bits already");
    }
    return chosen;
  }

  /** Read by VectorKernels when its class is initialised. */
  static int chosenBits() {
    return chosenBits;
  }

  /** The kernels of the width that this process computes with already, or else prefers. */
  public static synchronized Kernels ofThisProcess() {
    return chosen == null ? of(PREFERRED) : chosen;
  }

  private static Kernels make() {
    try {
      return Class.forName(name("VectorKernels"))
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("VectorKernels is part of this library", e);
    }
  }

  private static int askPreferred() {
    try {
      int bits =
          (int) Class.forName(name("VectorWidth")).getDeclaredMethod("preferredBits").invoke(null);
      // the widest that the kernels know
      return WIDTHS.contains(bits) ? bits : bits > 512 ? 512 : PLAIN;
    } catch (ReflectiveOperationException | LinkageError e) {
      return PLAIN;
    }
  }

  private static String name(String simpleName) {
    return KernelProvider.class.getPackageName() + "." + simpleName;
  }
}
