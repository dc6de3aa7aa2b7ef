package io.secateur.encoding;

import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** How many cores work on the chunks of a tensor at once. No result depends on it. */
public enum Cores {
  /** The calling thread alone. */
  ONE {
    @Override
    IntStream over(int chunks) {
      return IntStream.range(0, chunks);
    }
  },

  /** Those of the fork-join pool that the call is made in, or else of the common one. */
  ALL {
    @Override
    IntStream over(int chunks) {
      return IntStream.range(0, chunks).parallel();
    }
  };

  /** Work on one chunk that may find it damaged. */
  interface Reading {
    void read(int chunk) throws EncodingException;
  }

  abstract IntStream over(int chunks);

  /** Does the work of every chunk. */
  void each(int chunks, IntConsumer work) {
    over(chunks).forEach(work);
  }

  /**
   * Reads every chunk.
   *
   * @throws EncodingException that of the first chunk, by number, that is damaged
   */
  void readEach(int chunks, Reading reading) throws EncodingException {
    Optional<EncodingException> first =
        over(chunks)
            .mapToObj(chunk -> failure(reading, chunk))
            .filter(Objects::nonNull)
            .findFirst();
    if (first.isPresent()) {
      throw first.get();
    }
  }

  private static EncodingException failure(Reading reading, int chunk) {
    try {
      reading.read(chunk);
      return null;
    } catch (EncodingException e) {
      return e;
    }
  }
}
