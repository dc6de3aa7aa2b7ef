package io.secateur.encoding;

import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.WeightTensor;
import java.nio.ByteBuffer;

/** Every value of the chunk, in order. */
record DenseFormat() implements ChunkFormat {
  @Override
  public ChunkCount count(float[] values, int from, int elements) {
    return new ChunkCount(elements, 0);
  }

  @Override
  public long indexBits() {
    return 0;
  }

  @Override
  public void write(float[] values, int from, int elements, int entries, ByteBuffer out) {
    for (int i = from; i < from + elements; i++) {
      out.putInt(Float.floatToRawIntBits(values[i]));
    }
  }

  @Override
  public WeightTensor read(ChunkedFile file) throws EncodingException {
    for (ChunkedFile.Chunk chunk : file.chunks()) {
      if (chunk.entries() != chunk.elements()) {
        throw new EncodingException(
            chunk.offset(),
            chunk.entries() + " entries in chunk " + chunk.number(),
            "one for each of its " + chunk.elements() + " elements");
      }
    }
    float[] values = new float[file.shape().elements()];
    for (ChunkedFile.Chunk chunk : file.chunks()) {
      for (int i = 0; i < chunk.elements(); i++) {
        values[chunk.firstElement() + i] = Float.intBitsToFloat(file.valueBits(chunk, i));
      }
    }
    return DenseTensor.wrapping(file.shape(), values);
  }
}
