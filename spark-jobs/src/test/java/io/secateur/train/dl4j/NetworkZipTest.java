package io.secateur.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.DataException;
import io.secateur.network.NetworkHashes;
import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterTensor;
import io.secateur.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkZipTest {
  @TempDir private Path folder;

  private record Arenas(NetworkParameters parameters, List<String> arrived)
      implements NetworkZip.Destination {
    @Override
    public float[] arrayOf(ParameterTensor tensor) {
      return parameters.arenaOf(tensor);
    }

    @Override
    public int offsetOf(ParameterTensor tensor) {
      return tensor.offset();
    }

    @Override
    public void arrived(ParameterTensor tensor) {
      arrived.add(tensor.name());
    }
  }

  private static Arenas read(NetworkZip zip) {
    Arenas arenas = new Arenas(NetworkParameters.zeros(zip.layout()), new ArrayList<>());
    zip.read(arenas);
    return arenas;
  }

  private static void requireWhatDl4jReads(Path file, Shape expectedInput) throws IOException {
    try (NetworkZip zip = NetworkZip.open(file, "model.zip", Optional.empty());
        InputStream in = Files.newInputStream(file)) {
      assertThat(zip.definition().topology().inputShape()).isEqualTo(expectedInput);
      ImportedNetwork network = Dl4jNetworks.read(in, "model.zip", expectedInput);
      assertThat(zip.definition().topology()).isEqualTo(network.definition().topology());
      assertThat(NetworkHashes.parameters(read(zip).parameters()))
          .isEqualTo(NetworkHashes.parameters(network.parameters()));
    }
  }

  @Test
  void rowsAreReadToTheBitsThatDl4jReads() throws IOException {
    requireWhatDl4jReads(
        SampleZips.rows(folder.resolve("a.zip"), 1, 20, List.of(30, 10), 4), Shape.of(20));
  }

  @Test
  void imagesAreReadToTheSameBitsAndTheirSizeIsFound() throws IOException {
    requireWhatDl4jReads(
        SampleZips.images(folder.resolve("a.zip"), 1, 32, 3, 4, 20, 5), Shape.of(3, 32, 32));
  }

  @Test
  void graphsAreReadToTheSameBits() throws IOException {
    requireWhatDl4jReads(SampleZips.branches(folder.resolve("a.zip"), 1, 12, 16, 4), Shape.of(12));
  }

  @Test
  void residualGraphsWithLogarithmicDeviationsAreReadToTheSameBits() throws IOException {
    Path file =
        Files.write(folder.resolve("a.zip"), ResidualGraphs.zipOf(ResidualGraphs.untrained()));

    try (NetworkZip zip = NetworkZip.open(file, "a.zip", Optional.of(Shape.of(1, 28, 28)));
        InputStream in = Files.newInputStream(file)) {
      assertThat(NetworkHashes.parameters(read(zip).parameters()))
          .isEqualTo(
              NetworkHashes.parameters(
                  Dl4jNetworks.read(in, "a.zip", Shape.of(1, 28, 28)).parameters()));
    }
  }

  @Test
  void tensorsArriveInTheOrderOfTheFile() {
    Path file = SampleZips.images(folder.resolve("a.zip"), 1, 28, 1, 2, 8, 3);

    try (NetworkZip zip = NetworkZip.open(file, "a.zip", Optional.empty())) {
      assertThat(read(zip).arrived())
          .startsWith("conv1.bias", "conv1.weight", "conv2.bias", "conv2.weight")
          .endsWith("fc1.weight", "fc1.bias", "out.weight", "out.bias");
    }
  }

  @Test
  void aValueThatIsNoNumberIsToldWithItsLayer() {
    Path sound = SampleZips.rows(folder.resolve("a.zip"), 1, 20, List.of(30, 10), 4);
    Path broken = SampleZips.withValue(sound, folder.resolve("b.zip"), Float.NaN);

    try (NetworkZip zip = NetworkZip.open(broken, "b.zip", Optional.empty())) {
      assertThatThrownBy(() -> read(zip))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("NaN in layer fc1 of b.zip (fc1.weight, element");
    }
  }

  /** Bits that were flipped on a disk can be anything, such as a NaN. */
  @Test
  void damageIsToldByTheChecksumAlsoWhenItLooksLikeANaN() throws IOException {
    Path sound = SampleZips.rows(folder.resolve("a.zip"), 1, 20, List.of(30, 10), 4);
    Path broken = SampleZips.damaged(sound, folder.resolve("b.zip"));

    try (NetworkZip zip = NetworkZip.open(broken, "b.zip", Optional.empty())) {
      assertThatThrownBy(() -> read(zip))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("coefficients.bin does not match its checksum");
    }
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    Path sound = SampleZips.rows(folder.resolve("a.zip"), 1, 20, List.of(30, 10), 4);
    byte[] bytes = Files.readAllBytes(sound);
    Path cut = Files.write(folder.resolve("b.zip"), Arrays.copyOf(bytes, bytes.length - 40));

    assertThatThrownBy(() -> NetworkZip.open(cut, "b.zip", Optional.empty()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged, cut short or no zip");
  }
}
