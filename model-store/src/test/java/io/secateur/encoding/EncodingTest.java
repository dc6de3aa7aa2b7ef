package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EncodingTest {
  @Test
  void wireIdsAreStable() {
    assertThat(Encoding.DENSE.wireId()).isEqualTo(0x0001);
    assertThat(Encoding.BITMAP.wireId()).isEqualTo(0x0003);
    assertThat(Encoding.relativeIndex(5).wireId()).isEqualTo(0x0502);
    assertThat(Encoding.relativeIndex(16).wireId()).isEqualTo(0x1002);
  }

  @Test
  void exactlyTheWireIdsOfEncodingsAreKnown() {
    int known = 0;
    for (int wireId = 0; wireId <= 0xFFFF; wireId++) {
      int id = wireId;
      if (Encoding.ofWireId(id).isPresent()) {
        known++;
        assertThat(Encoding.ofWireId(id)).map(Encoding::wireId).contains(id);
      }
    }
    // dense, bitmap, and relative indices of 2 to 16 bits
    assertThat(known).isEqualTo(17);
  }

  @Test
  void textRoundTrips() {
    assertThat(Encoding.relativeIndex(5)).hasToString("relative-index/5");
    assertThat(Encoding.parse("dense")).isEqualTo(Encoding.DENSE);
    assertThat(Encoding.parse("bitmap")).isEqualTo(Encoding.BITMAP);
    for (Encoding encoding : Encoding.all()) {
      assertThat(Encoding.parse(encoding.toString())).isEqualTo(encoding);
    }
  }

  @Test
  void whatIsNoEncodingIsRefused() {
    for (String bad :
        new String[] {
          "", "Dense", "relative-index", "relative-index/05", "relative-index/17", "dense/0"
        }) {
      assertThatIllegalArgumentException().as(bad).isThrownBy(() -> Encoding.parse(bad));
    }
    for (int bits : new int[] {-1, 0, 1, 17}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Encoding.relativeIndex(bits));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Encoding(Encoding.Kind.DENSE, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> new Encoding(Encoding.Kind.BITMAP, 1));
  }
}
