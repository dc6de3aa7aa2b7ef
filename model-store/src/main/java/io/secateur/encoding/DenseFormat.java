package io.secateur.encoding;

/** Every value of the chunk, in order. */
record DenseFormat() implements ChunkFormat {
  @Override
  public int values(GapStatistics statistics, int chunk) {
    return statistics.chunking().elements(chunk);
  }

  @Override
  public long indexBytes(int entries, int elements) {
    return 0;
  }

  @Override
  public void write(
      float[] values,
      int from,
      GapStatistics statistics,
      int chunk,
      int entries,
      byte[] out,
      int at) {
    int first = from + statistics.chunking().first(chunk);
    LittleEndian.putFloats(out, at, values, first, entries);
  }

  @Override
  public int nonZeros(StoredChunk chunk) {
    return chunk.nonZeroEntries();
  }

  @Override
  public int readDense(StoredChunk chunk, float[] out, int from) throws EncodingException {
    requireEveryElement(chunk);
    LittleEndian.getFloats(chunk.bytes(), chunk.valuesAt(), out, from, chunk.elements());
    return chunk.nonZeroEntries();
  }

  @Override
  public void readSparse(StoredChunk chunk, int[] indices, float[] values, int from)
      throws EncodingException {
    requireEveryElement(chunk);
    int at = from;
    for (int element = 0; element < chunk.elements(); element++) {
      int bits = chunk.valueBits(element);
      if (bits != 0) {
        indices[at] = chunk.firstElement() + element;
        values[at++] = Float.intBitsToFloat(bits);
      }
    }
  }

  private static void requireEveryElement(StoredChunk chunk) throws EncodingException {
    if (chunk.entries() != chunk.elements()) {
      throw chunk.refusalOfCount("one for each of its " + chunk.elements() + " elements");
    }
  }
}
