package io.secateur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClosedJsonTest {
  private static final String CLOSED =
      "{\"a\":{\"x\":[1,\"é\"],\"y\":0.10},\"b\":null,\"sha256\":\""
          // printf '{"a":{"x":[1,"é"],"y":0.10},"b":null' | sha256sum
          + "20c46c4331e037e9ba4d2ff9a82f9f9cea9c4c10a57fec8b9706b3ada592515e"
          + "\"}\n";

  private static ObjectNode sample() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putNull("b");
    ObjectNode inner = json.putObject("a");
    inner.put("y", new BigDecimal("0.10"));
    inner.putArray("x").add(1).add("é");
    return json;
  }

  @Test
  void membersAreSortedAndClosedByTheHashOfTheBytesBefore() {
    assertThat(new String(ClosedJson.write(sample()), StandardCharsets.UTF_8)).isEqualTo(CLOSED);
  }

  @Test
  void readsWhatItWroteDecimalsAsWritten() {
    assertThat(ClosedJson.read(CLOSED.getBytes(StandardCharsets.UTF_8), "f")).isEqualTo(sample());
  }

  @Test
  void everyCutIsRefusedNamingTheFile() {
    byte[] bytes = ClosedJson.write(sample());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ClosedJson.read(cut, "store/1.json"))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining("store/1.json");
    }
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] bytes = ClosedJson.write(sample());
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> ClosedJson.read(flipped, "f"))
          .isInstanceOf(IntegrityException.class);
    }
  }

  @Test
  void bytesAfterTheClosingAreRefused() {
    byte[] longer = (CLOSED + "\n").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ClosedJson.read(longer, "f")).isInstanceOf(IntegrityException.class);
  }
}
