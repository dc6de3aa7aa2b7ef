package io.secateur.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.secateur.tensor.Mask;
import io.secateur.tensor.Shape;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Against digests of bytes that are spelled out here. */
class NetworkHashesTest {
  private static final Topology TOPOLOGY =
      Topology.of(Node.input("in", Shape.of(3), 1), Node.dense("fc", "in", 3, 2));

  private static final ParameterLayout LAYOUT = ParameterLayout.of(TOPOLOGY);

  private static NetworkParameters parameters() {
    return NetworkParameters.wrapping(
        LAYOUT, new float[] {1, 0, -2, 0, 0, 0.5f}, new float[] {-0.0f, 3});
  }

  private static String sha256(String hex) throws Exception {
    byte[] bytes = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void parametersCoverNamesShapesAndBits() throws Exception {
    String expected =
        sha256(
            """
            09000000 66632e776569676874 02000000 02000000 03000000
            0000803f 00000000 000000c0 00000000 00000000 0000003f
            07000000 66632e62696173 01000000 02000000
            00000080 00004040
            """);

    assertThat(NetworkHashes.parameters(parameters())).isEqualTo(expected);
  }

  @Test
  void masksCoverNamesShapesAndBitmaps() throws Exception {
    // present: 0, 2 and 5
    String expected = sha256("09000000 66632e776569676874 02000000 02000000 03000000 25");

    assertThat(NetworkHashes.masks(LAYOUT, parameters().mask())).isEqualTo(expected);
  }

  @Test
  void longTensorsAreHashedWhole() throws Exception {
    int inputs = 40_000;
    ParameterLayout layout =
        ParameterLayout.of(
            Topology.of(
                Node.input("in", Shape.of(inputs), 1),
                Node.dense("fc", "in", inputs, 1).withoutBias()));
    NetworkParameters parameters = NetworkParameters.zeros(layout);
    parameters.weights()[inputs - 1] = 1;

    assertThat(NetworkHashes.parameters(parameters))
        .isEqualTo(
            sha256(
                "09000000 66632e776569676874 02000000 01000000 409c0000"
                    + "00000000".repeat(inputs - 1)
                    + "0000803f"));
  }

  @Test
  void oneBitChangesTheHash() {
    NetworkParameters changed = parameters();
    changed.others()[0] = 0.0f;

    assertThat(NetworkHashes.parameters(changed))
        .isNotEqualTo(NetworkHashes.parameters(parameters()));
  }

  @Test
  void maskOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkHashes.masks(LAYOUT, Mask.full(7)))
        .withMessage("the layout has 6 weights, found Mask[7 of 7]");
  }
}
