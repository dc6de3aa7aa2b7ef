package io.secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.secateur.data.IdxFiles;
import io.secateur.data.SampleDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A job of seconds, on the digits that come with the tests. */
final class SampleJobFile {
  /** A --set by which it fails on its data, once its driver reads it. */
  static final String LABELS_FOR_IMAGES = "data.test.images=" + SampleDigits.test().labels();

  private SampleJobFile() {}

  /** Writes it. */
  static Path write(Path folder) throws IOException {
    IdxFiles train = SampleDigits.train();
    IdxFiles test = SampleDigits.test();
    return Files.writeString(
        folder.resolve("job.yaml"),
        """
        network: lenet-300-100
        data:
          train: {images: "%s", labels: "%s"}
          test: {images: "%s", labels: "%s"}
          validation: 200
          examples: 320
        train: {epochs: 2, batch-size: 32, learning-rate: 0.1}
        rounds: {minibatches: 4}
        prune:
          scope: global
          sparsity: 0.9
          schedule: {kind: iterative, steps: 2, every-epochs: 1, hold-epochs: 2}
        publish-as: sample
        """
            .formatted(train.images(), train.labels(), test.images(), test.labels()));
  }

  /** Runs it on this host. */
  static JsonNode runHere(Path folder) throws IOException {
    Path out = folder.resolve("out");
    int code =
        new Session()
            .run(
                "prune",
                write(folder).toString(),
                "--master",
                "local[2]",
                "--store",
                folder.resolve("store").toString(),
                "--out",
                out.toString());
    assertThat(code).isZero();
    return Session.result(out);
  }

  /** Both ran it, and came to the same. */
  static void requireSame(JsonNode one, JsonNode other) {
    for (String part : List.of("hashes", "dense", "pruned", "compression", "bytes")) {
      assertThat(other.get(part)).as(part).isEqualTo(one.get(part));
    }
  }
}
