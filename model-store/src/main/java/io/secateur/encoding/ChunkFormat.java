package io.secateur.encoding;

/** The part of the grammar that differs between encodings: the payload of a chunk. */
sealed interface ChunkFormat permits DenseFormat, BitmapFormat, RelativeIndexFormat {
  static ChunkFormat of(Encoding encoding) {
    return switch (encoding.kind()) {
      case DENSE -> new DenseFormat();
      case RELATIVE_INDEX -> new RelativeIndexFormat(encoding.indexBits());
      case BITMAP -> new BitmapFormat();
    };
  }

  /** How many values a chunk will store that are not fillers. */
  default int values(GapStatistics statistics, int chunk) {
    return statistics.survivors(chunk);
  }

  /** How many fillers a chunk will store. */
  default int fillers(GapStatistics statistics, int chunk) {
    return 0;
  }

  /** The bytes behind the values of a chunk of so many entries and elements. */
  long indexBytes(int entries, int elements);

  /** Those of the index bytes that are counted as fillers'. */
  default long fillerIndexBytes(int fillers) {
    return 0;
  }

  /** The bytes of a chunk's payload: values and indices. */
  default long payloadBytes(int entries, int elements) {
    return (long) Float.BYTES * entries + indexBytes(entries, elements);
  }

  /**
   * Writes the payload of a chunk. It may write up to three bytes more: those of the checksum,
   * which follows.
   *
   * @param values the arena in which the tensor begins at {@code from}
   * @param entries the chunk's values and fillers
   */
  void write(
      float[] values,
      int from,
      GapStatistics statistics,
      int chunk,
      int entries,
      byte[] out,
      int at);

  /** How many values of a chunk are not zero, if it is well formed. */
  int nonZeros(StoredChunk chunk);

  /**
   * Writes every element of a chunk.
   *
   * @param out what is written of it is not defined when the chunk is refused
   * @return how many are not zero
   */
  int readDense(StoredChunk chunk, float[] out, int from) throws EncodingException;

  /** Writes the {@link #nonZeros} of a chunk and their flat indices, and nothing else. */
  void readSparse(StoredChunk chunk, int[] indices, float[] values, int from)
      throws EncodingException;
}
