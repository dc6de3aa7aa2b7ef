package io.secateur.encoding;

import static java.util.Objects.requireNonNull;

import io.secateur.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.Objects;

/**
 * Encodes one tensor. Its values are scanned once, here; then the exact size of every encoding is
 * known, and writing one looks at survivors only.
 *
 * <p>The arena is not copied: its values must not change between the scan and the last use.
 */
public final class TensorEncoder {
  /** 256 KB of dense values: fits a core's cache, and its 8 bytes of overhead don't show. */
  static final int CHUNK_ELEMENTS = 1 << 16;

  /** The longest array that every JVM allocates. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 8;

  private final Shape shape;
  private final float[] values;
  private final int from;
  private final Chunking chunking;
  private final GapStatistics statistics;
  private final Cores cores;

  private TensorEncoder(Shape shape, float[] values, int from, int chunkElements, Cores cores) {
    Objects.checkFromIndexSize(from, shape.elements(), values.length);
    this.shape = shape;
    this.values = values;
    this.from = from;
    this.cores = requireNonNull(cores, "cores");
    this.chunking = header(Encoding.DENSE, chunkElements).chunking();
    this.statistics = GapStatistics.of(values, from, chunking, cores);
  }

  private TensorHeader header(Encoding encoding, int chunkElements) {
    return new TensorHeader(encoding, shape, chunkElements);
  }

  /**
   * Scans the tensor whose values begin at {@code from} in an arena.
   *
   * @param shape of at most 8 dimensions; so many of its elements are read
   * @param cores that scan, and later encode
   * @throws IndexOutOfBoundsException when the arena ends before the tensor does
   * @throws IllegalArgumentException when the shape has more than 8 dimensions
   */
  public static TensorEncoder scan(Shape shape, float[] values, int from, Cores cores) {
    return scan(shape, values, from, cores, CHUNK_ELEMENTS);
  }

  static TensorEncoder scan(Shape shape, float[] values, int from, Cores cores, int chunkElements) {
    return new TensorEncoder(shape, values, from, chunkElements, cores);
  }

  /** The number of values whose bits are not all zero. */
  public int nonZeros() {
    return statistics.survivors();
  }

  /** The smallest encoding; the first of {@link Encoding#all} when several are. */
  public Encoding smallest() {
    return Encoding.all().stream()
        .min(Comparator.comparingLong(encoding -> account(encoding).stored()))
        .orElseThrow();
  }

  /** Where the bytes of a file in that encoding would go; nothing is encoded. */
  public ByteAccount account(Encoding encoding) {
    ChunkFormat format = ChunkFormat.of(encoding);
    long values = 0;
    long fillers = 0;
    long indices = 0;
    for (int chunk = 0; chunk < chunking.chunks(); chunk++) {
      int fillerCount = format.fillers(statistics, chunk);
      int valueCount = format.values(statistics, chunk);
      long indexBytes = format.indexBytes(valueCount + fillerCount, chunking.elements(chunk));
      long fillerIndexBytes = format.fillerIndexBytes(fillerCount);
      values += (long) Float.BYTES * valueCount;
      fillers += (long) Float.BYTES * fillerCount + fillerIndexBytes;
      indices += indexBytes - fillerIndexBytes;
    }
    long headers =
        header(encoding, chunking.chunkElements()).bytes()
            + (long) StoredChunk.FRAME_BYTES * chunking.chunks();
    return new ByteAccount(values, indices, fillers, 0, headers);
  }

  /**
   * Encodes the tensor into an array.
   *
   * @throws IllegalArgumentException when the file would be longer than 2<sup>31</sup> - 9 bytes;
   *     {@link #writeTo} has no such limit
   */
  public EncodedTensor encode(Encoding encoding) {
    ByteAccount account = account(encoding);
    if (account.stored() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a tensor of shape "
              + shape
              + " takes "
              + account.stored()
              + " bytes as "
              + encoding
              + "; an array has at most "
              + MAX_BYTES);
    }
    TensorHeader header = header(encoding, chunking.chunkElements());
    ChunkFormat format = ChunkFormat.of(encoding);
    int[] offsets = new int[chunking.chunks() + 1];
    offsets[0] = header.bytes();
    for (int chunk = 0; chunk < chunking.chunks(); chunk++) {
      offsets[chunk + 1] = offsets[chunk] + (int) chunkBytes(format, chunk);
    }
    byte[] file = new byte[(int) account.stored()];
    header.write(file);
    cores.each(chunking.chunks(), chunk -> writeChunk(format, chunk, file, offsets[chunk]));
    return new EncodedTensor(shape, encoding, file, account);
  }

  /**
   * Encodes the tensor into a stream, a chunk at a time and on the calling thread alone.
   *
   * @return where the bytes went
   * @throws IOException what the stream throws
   */
  public ByteAccount writeTo(OutputStream out, Encoding encoding) throws IOException {
    TensorHeader header = header(encoding, chunking.chunkElements());
    byte[] headerBytes = new byte[header.bytes()];
    header.write(headerBytes);
    out.write(headerBytes);
    ChunkFormat format = ChunkFormat.of(encoding);
    byte[] buffer = new byte[0];
    for (int chunk = 0; chunk < chunking.chunks(); chunk++) {
      int length = Math.toIntExact(chunkBytes(format, chunk));
      if (buffer.length < length) {
        buffer = new byte[length];
      }
      writeChunk(format, chunk, buffer, 0);
      out.write(buffer, 0, length);
    }
    return account(encoding);
  }

  private int entries(ChunkFormat format, int chunk) {
    return format.values(statistics, chunk) + format.fillers(statistics, chunk);
  }

  private long chunkBytes(ChunkFormat format, int chunk) {
    return StoredChunk.FRAME_BYTES
        + format.payloadBytes(entries(format, chunk), chunking.elements(chunk));
  }

  private void writeChunk(ChunkFormat format, int chunk, byte[] out, int offset) {
    int entries = entries(format, chunk);
    LittleEndian.putInt(out, offset, entries);
    format.write(values, from, statistics, chunk, entries, out, offset + Integer.BYTES);
    int checksumAt = offset + (int) chunkBytes(format, chunk) - Integer.BYTES;
    LittleEndian.putInt(
        out, checksumAt, StoredChunk.checksumOf(chunk, out, offset, checksumAt - offset));
  }
}
