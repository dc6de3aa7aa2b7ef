package io.secateur.bench;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Predictions in a process of its own, which times them itself. */
final class ChildCalls extends Calls {
  private final ChildProcess child;

  ChildCalls(ChildProcess child, int least) {
    super(child.name(), least);
    this.child = child;
  }

  @Override
  double[] predict(double seconds, int count) {
    return numbers("predict " + seconds + " " + count);
  }

  @Override
  float[] firstAnswer() {
    double[] numbers = numbers("answer");
    float[] answer = new float[numbers.length];
    for (int i = 0; i < answer.length; i++) {
      answer[i] = (float) numbers[i];
    }
    return answer;
  }

  private double[] numbers(String request) {
    return Stream.of(child.ask(request).split(" "))
        .flatMapToDouble(number -> DoubleStream.of(Double.parseDouble(number)))
        .toArray();
  }

  @Override
  public void close() {
    child.close();
  }
}
