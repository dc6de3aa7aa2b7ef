package io.secateur.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SecateurExceptionTest {
  @Test
  void messageIsTheProblemOnOneLine() {
    DataException error = new DataException("12 bytes", "16 bytes\n  or more", "fetch it again");

    assertThat(error)
        .hasMessage("found 12 bytes; expected 16 bytes or more; fetch it again")
        .hasNoCause();
  }

  @Test
  void problemSurvivesTheWayFromAnExecutor() throws Exception {
    Problem problem = new Problem("NaN in fc1", "finite weights", "lower the rate");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new JobFailedException(problem, new IllegalStateException("cause")));
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      JobFailedException read = (JobFailedException) in.readObject();
      assertThat(read.problem()).isEqualTo(problem);
      assertThat(read).hasCauseInstanceOf(IllegalStateException.class);
    }
  }
}
