package io.secateur.encoding;

/**
 * How a tensor is cut.
 *
 * @param elements of the tensor, at least 0
 * @param chunkElements of every chunk but the last, at least 1
 */
record Chunking(int elements, int chunkElements) {
  int chunks() {
    return Math.toIntExact(((long) elements + chunkElements - 1) / chunkElements);
  }

  /** The flat index of a chunk's first element. */
  int first(int chunk) {
    return chunk * chunkElements;
  }

  /** How many elements a chunk stands for. */
  int elements(int chunk) {
    return Math.min(chunkElements, elements - first(chunk));
  }
}
