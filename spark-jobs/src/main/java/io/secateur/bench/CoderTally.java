package io.secateur.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** What one coder took for the layers of a network so far, sample by sample. */
final class CoderTally {
  private final WeightCoder coder;
  private final double[] encodeSeconds;
  private final double[] decodeSeconds;
  private long bytes;

  CoderTally(WeightCoder coder, int samples) {
    this.coder = coder;
    this.encodeSeconds = new double[samples];
    this.decodeSeconds = new double[samples];
  }

  String name() {
    return coder.name();
  }

  WeightCoder coder() {
    return coder;
  }

  void addEncoding(int sample, double seconds) {
    encodeSeconds[sample] += seconds;
  }

  void addDecoding(int sample, double seconds) {
    decodeSeconds[sample] += seconds;
  }

  void addBytes(long encoded) {
    bytes += encoded;
  }

  long bytes() {
    return bytes;
  }

  /** So many gigabytes of dense weights a second. */
  Samples encodeRate(double gigabytes) {
    return rate(encodeSeconds, gigabytes);
  }

  Samples decodeRate(double gigabytes) {
    return rate(decodeSeconds, gigabytes);
  }

  static Samples rate(double[] seconds, double gigabytes) {
    DoubleStream rates = Arrays.stream(seconds).map(each -> gigabytes / each);
    return new Samples(rates.boxed().toList());
  }
}
