package io.secateur.train.engine;

import io.secateur.config.LayerKernel;
import io.secateur.error.UsageException;
import io.secateur.network.NodeKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a minibatch costs a layer, forward and back with its update, as it was measured: a table of
 * comma-separated values under the header {@value #HEADER}. A layer that was not measured costs
 * what the one most like it does, for each multiplication; between two densities the cost is on the
 * line from one to the other.
 */
public final class KernelCosts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The system property that names a table to use in place of the one that ships. */
  public static final String PROPERTY = "secateur.kernel-costs";

  static final String HEADER = "kind,kernel,outputs,inputs,pixels,batch,density,nanoseconds";

  private static final String SHIPPED = "kernel-costs.csv";

  private final ArrayList<Row> rows;

  /**
   * One measurement.
   *
   * @param batch examples
   * @param density of the weights, 0 to 1
   * @param nanoseconds for the minibatch
   */
  public record Row(
      LayerWork work, LayerKernel kernel, int batch, double density, double nanoseconds)
      implements Serializable {
    double perMultiplication() {
      return nanoseconds / (work.multiplications() * batch);
    }

    double distance(LayerWork other, int examples) {
      return work.distance(other) + Math.abs(Math.log((double) batch / examples));
    }

    /** The line in the table. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%d,%d,%d,%s,%.0f",
          work.kind().wireName(),
          kernel.wireName(),
          work.outputs(),
          work.inputs(),
          work.pixels(),
          batch,
          density,
          nanoseconds);
    }

    static Row parse(String line) {
      String[] cells = line.split(",", -1);
      if (cells.length != 8) {
        throw new IllegalArgumentException("found '" + line + "', expected " + HEADER);
      }
      NodeKind kind = NodeKind.valueOf(cells[0].toUpperCase(Locale.ROOT));
      return new Row(
          new LayerWork(
              kind,
              Integer.parseInt(cells[2]),
              Integer.parseInt(cells[3]),
              Integer.parseInt(cells[4])),
          LayerKernel.valueOf(cells[1].toUpperCase(Locale.ROOT)),
          Integer.parseInt(cells[5]),
          Double.parseDouble(cells[6]),
          Double.parseDouble(cells[7]));
    }
  }

  /** A table of these measurements. */
  public KernelCosts(List<Row> rows) {
    this.rows = new ArrayList<>(rows);
  }

  /**
   * The table that {@link #PROPERTY} names, else the one that comes with this software.
   *
   * @throws UsageException when the named one can't be read
   */
  public static KernelCosts ofThisProcess() {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      return Shipped.TABLE;
    }
    try (Reader csv = Files.newBufferedReader(Path.of(file))) {
      return read(csv);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new UsageException(
          PROPERTY + " " + file + ": " + e.getMessage(),
          "a table that bench calibrate made",
          "correct the path, or leave the property out");
    }
  }

  private static final class Shipped {
    static final KernelCosts TABLE = load();

    private static KernelCosts load() {
      try (InputStream in = KernelCosts.class.getResourceAsStream(SHIPPED)) {
        return read(new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException quoting a line that is none of it
   */
  public static KernelCosts read(Reader csv) throws IOException {
    BufferedReader lines = new BufferedReader(csv);
    String header = lines.readLine();
    if (!HEADER.equals(header)) {
      throw new IllegalArgumentException("found '" + header + "', expected " + HEADER);
    }
    return new KernelCosts(lines.lines().map(Row::parse).toList());
  }

  /** The table as {@link #read} takes it. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    rows.forEach(row -> csv.append(row).append('\n'));
    return csv.toString();
  }

  /** The kernel that costs less; the dense one where the other was not measured. */
  KernelPlan.Decision cheaper(LayerWork work, int batch, double density) {
    double dense = nanoseconds(work, LayerKernel.DENSE, batch, density);
    double sparse = nanoseconds(work, LayerKernel.SPARSE, batch, density);
    LayerKernel kernel = sparse < dense ? LayerKernel.SPARSE : LayerKernel.DENSE;
    String reason =
        String.format(
            Locale.ROOT,
            "at %.1f %% density a minibatch costs %.0f us sparse, %.0f us dense",
            100 * density,
            sparse / 1e3,
            dense / 1e3);
    return new KernelPlan.Decision(kernel, reason);
  }

  /**
   * The density at which both kernels cost the same, to a thousandth; 0 or 1 when they never do.
   */
  public double sparseBelow(LayerWork work, int batch) {
    double below = 0;
    double above = 1;
    while (above - below > 1e-3) {
      double middle = (below + above) / 2;
      if (cheaper(work, batch, middle).kernel() == LayerKernel.SPARSE) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return (below + above) / 2;
  }

  /** Infinite where no layer of that kind was measured with that kernel. */
  double nanoseconds(LayerWork work, LayerKernel kernel, int batch, double density) {
    List<Row> measured =
        rows.stream()
            .filter(row -> row.kernel() == kernel && row.work().kind() == work.kind())
            .toList();
    double nearest =
        measured.stream()
            .mapToDouble(row -> row.distance(work, batch))
            .min()
            .orElse(Double.POSITIVE_INFINITY);
    List<Row> alike =
        measured.stream()
            .filter(row -> row.distance(work, batch) == nearest)
            .sorted(Comparator.comparingDouble(Row::density))
            .toList();
    return alike.isEmpty()
        ? Double.POSITIVE_INFINITY
        : between(alike, density) * work.multiplications() * batch;
  }

  private static double between(List<Row> ascending, double density) {
    Row below = ascending.get(0);
    for (Row row : ascending) {
      if (row.density() >= density) {
        double span = row.density() - below.density();
        double share = span <= 0 ? 0 : Math.max(0, density - below.density()) / span;
        return below.perMultiplication()
            + share * (row.perMultiplication() - below.perMultiplication());
      }
      below = row;
    }
    return below.perMultiplication();
  }
}
