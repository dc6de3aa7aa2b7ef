package io.secateur.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.secateur.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

  @Test
  void aNameAloneMeansTheHighestVersion() {
    assertThat(ModelReference.parse("lenet-5")).isEqualTo(ModelReference.highest("lenet-5"));
  }

  @Test
  void digitsAfterTheAtAreAVersion() {
    assertThat(ModelReference.parse("lenet-5@12"))
        .isEqualTo(ModelReference.exactly(new ModelVersion("lenet-5", 12)));
  }

  @Test
  void anythingElseAfterTheAtIsATag() {
    assertThat(ModelReference.parse("lenet-5@2nd"))
        .isEqualTo(ModelReference.tagged("lenet-5", "2nd"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "lenet-300-100@1", "a.b_c-d@dense-20261124-093015-7f3a"})
  void printsWhatItParsed(String text) {
    assertThat(ModelReference.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@1",
        "LeNet",
        "-a",
        ".a",
        "a/b",
        "..",
        "a@",
        "a@0",
        "a@01",
        "a@1234567890",
        "a@B",
        "a@b@c",
        "a b",
        "é"
      })
  void refusesEverythingElseInOneLine(String text) {
    assertThatThrownBy(() -> ModelReference.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("found ")
        .hasMessageContaining("; expected ");
  }

  @Test
  void namesLongerThanAFileNameMayBeAreRefused() {
    assertThat(Names.isModel("a".repeat(200))).isTrue();
    assertThat(Names.isModel("a".repeat(201))).isFalse();
  }
}
