package io.secateur.store.hadoop;

import io.secateur.store.hadoop.FaultPlan.FileOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file of the local disk with a plan's faults in writing, syncing, closing and reading. */
final class FaultyChannel extends FileChannel {
  private final FileChannel channel;
  private final Path path;
  private final FaultPlan plan;
  private boolean written;
  private boolean begun;
  private boolean broken;

  FaultyChannel(FileChannel channel, Path path, FaultPlan plan) {
    this.channel = channel;
    this.path = path;
    this.plan = plan;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    written = true;
    return plan.call(
        FileOperation.WRITE,
        path,
        () -> channel.write(source),
        () -> {
          writeHalf(source);
          throw FaultPlan.lost(FileOperation.WRITE, path);
        },
        () -> writeHalf(source));
  }

  private int writeHalf(ByteBuffer source) throws IOException {
    int limit = source.limit();
    source.limit(source.position() + source.remaining() / 2);
    int count = channel.write(source);
    source.limit(limit);
    return count;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    plan.call(
        FileOperation.FSYNC,
        path,
        () -> {
          channel.force(metaData);
          return null;
        });
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (broken) {
      throw FaultPlan.lost(FileOperation.READ, path);
    }
    if (begun) {
      return channel.read(target);
    }
    begun = true;
    return plan.call(
        FileOperation.READ,
        path,
        () -> channel.read(target),
        () -> {
          broken = true;
          ByteBuffer half = ByteBuffer.allocate((int) Math.max(1, channel.size() / 2));
          int count = channel.read(half);
          target.put(half.flip());
          return count;
        },
        () -> -1);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    if (!written) {
      channel.close();
      return;
    }
    plan.call(
        FileOperation.CLOSE,
        path,
        () -> {
          channel.close();
          return null;
        });
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public long position() throws IOException {
    return channel.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    channel.position(newPosition);
    return this;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return channel.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
