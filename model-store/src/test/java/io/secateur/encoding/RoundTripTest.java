package io.secateur.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.secateur.network.NetworkParameters;
import io.secateur.network.ParameterLayout;
import io.secateur.network.ParameterTensor;
import io.secateur.network.ShippedNetwork;
import io.secateur.tensor.DenseTensor;
import io.secateur.tensor.Shape;
import io.secateur.tensor.SparseTensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** More cases with, for example, {@code -Djqwik.tries.default=10000}. */
class RoundTripTest {
  @Property
  void everyWayOfReadingGivesTheSameBits(
      @ForAll("shapes") Shape shape,
      @ForAll("encodings") Encoding encoding,
      @ForAll("densities") double density,
      @ForAll @IntRange(min = 1, max = 700) int chunkElements,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    int from = random.nextInt(3);
    float[] arena = new float[from + shape.elements() + random.nextInt(3)];
    for (int i = 0; i < arena.length; i++) {
      arena[i] = random.nextDouble() < density ? weight(random) : 0.0f;
    }
    float[] values = Arrays.copyOfRange(arena, from, from + shape.elements());
    DenseTensor expected = DenseTensor.of(shape, values);
    TensorEncoder encoder = TensorEncoder.scan(shape, arena, from, Cores.ONE, chunkElements);

    EncodedTensor encoded = encoder.encode(encoding);
    TensorFile file = TensorFile.parse(encoded.bytes(), shape);

    assertThat(encoder.nonZeros()).isEqualTo(expected.nonZeros());
    assertThat(encoded.account())
        .isEqualTo(SlowAccount.of(values, encoding, chunkElements, shape.rank()))
        .returns((long) encoded.bytes().length, ByteAccount::stored);
    assertThat(streamed(encoder, encoding)).isEqualTo(encoded.bytes());

    float[] dense = filled(shape.elements(), 7);
    assertThat(file.read(dense, 0, Cores.ONE)).isEqualTo(expected.nonZeros());
    assertThat(DenseTensor.wrapping(shape, dense)).isEqualTo(expected);

    float[] fromStream = filled(shape.elements(), 7);
    assertThat(stream(encoded).read(fromStream, 0)).isEqualTo(expected.nonZeros());
    assertThat(DenseTensor.wrapping(shape, fromStream)).isEqualTo(expected);

    SparseTensor sparse = file.toSparse(Cores.ONE);
    assertThat(DenseTensor.wrapping(shape, sparse.toDense())).isEqualTo(expected);
    assertThat(stream(encoded).toSparse()).isEqualTo(sparse);

    float[] byChunk = filled(shape.elements(), 7);
    for (int chunk = file.chunks() - 1; chunk >= 0; chunk--) {
      file.readChunk(chunk, byChunk, file.firstElement(chunk));
    }
    assertThat(DenseTensor.wrapping(shape, byChunk)).isEqualTo(expected);
  }

  /** The smallest of all files that are really written, and the first of those. */
  @Property(tries = 200)
  void autoIsNeverLargerThanAnyOther(
      @ForAll @IntRange(max = 3_000) int elements,
      @ForAll("densities") double density,
      @ForAll long seed) {
    Random random = new Random(seed);
    Shape shape = Shape.of(elements);
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = random.nextDouble() < density ? weight(random) : 0.0f;
    }
    TensorEncoder encoder = TensorEncoder.scan(shape, values, 0, Cores.ONE);
    Encoding first = null;
    int smallest = Integer.MAX_VALUE;
    for (Encoding encoding : Encoding.all()) {
      int length = encoder.encode(encoding).bytes().length;
      if (length < smallest) {
        first = encoding;
        smallest = length;
      }
    }

    assertThat(encoder.smallest()).isEqualTo(first);
  }

  @Example
  void severalCoresWriteAndReadTheSame() throws Exception {
    Shape shape = Shape.of(400, 1_000);
    float[] values = new float[shape.elements()];
    Random random = new Random(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(100) < 9 ? weight(random) : 0.0f;
    }
    for (Encoding encoding : Encoding.all()) {
      byte[] one = TensorEncoder.scan(shape, values, 0, Cores.ONE, 1_000).encode(encoding).bytes();
      byte[] all = TensorEncoder.scan(shape, values, 0, Cores.ALL, 1_000).encode(encoding).bytes();
      TensorFile file = TensorFile.parse(all);

      assertThat(all).isEqualTo(one);
      assertThat(file.toSparse(Cores.ALL)).isEqualTo(file.toSparse(Cores.ONE));
      assertThat(DenseTensor.wrapping(shape, file.toDense(shape.elements(), Cores.ALL)))
          .isEqualTo(DenseTensor.of(shape, values));
    }
  }

  @Example
  void everyTensorOfTheLeNetsSurvivesEveryEncoding() throws Exception {
    for (ShippedNetwork network : List.of(ShippedNetwork.LENET_300_100, ShippedNetwork.LENET_5)) {
      ParameterLayout layout = ParameterLayout.of(network.topology());
      NetworkParameters parameters = NetworkParameters.zeros(layout);
      Random random = new Random(11);
      for (float[] arena : new float[][] {parameters.weights(), parameters.others()}) {
        for (int i = 0; i < arena.length; i++) {
          arena[i] = random.nextInt(12) == 0 ? (float) random.nextGaussian() : 0.0f;
        }
      }
      for (ParameterTensor tensor : layout.tensors()) {
        float[] arena = parameters.arenaOf(tensor);
        float[] values = Arrays.copyOfRange(arena, tensor.offset(), tensor.end());
        for (Encoding encoding : Encoding.all()) {
          byte[] file =
              TensorCodec.encode(tensor.shape(), arena, tensor.offset(), encoding).bytes();
          assertThat(TensorCodec.decode(file, tensor.shape()).toDense())
              .as("%s as %s", tensor.name(), encoding)
              .isEqualTo(values);
        }
      }
    }
  }

  private static byte[] streamed(TensorEncoder encoder, Encoding encoding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteAccount account = encoder.writeTo(out, encoding);
    assertThat(account.stored()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static TensorStream stream(EncodedTensor encoded) throws Exception {
    return TensorStream.open(
        new ByteArrayInputStream(encoded.bytes()), encoded.bytes().length, encoded.shape());
  }

  private static float[] filled(int length, float value) {
    float[] array = new float[length];
    Arrays.fill(array, value);
    return array;
  }

  /** Any bits: half of them those that arithmetic would change or take for another. */
  private static float weight(Random random) {
    return Float.intBitsToFloat(
        switch (random.nextInt(8)) {
          case 0 -> 0x80000000;
          case 1 -> random.nextInt(1 << 23);
          case 2 -> 0x7f800000 | random.nextInt(1 << 23);
          case 3 -> 0xff800000 | random.nextInt(1 << 23);
          default -> random.nextInt();
        });
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Arbitraries.integers()
        .between(0, 12)
        .array(int[].class)
        .ofMaxSize(3)
        .map(Shape::of)
        .edgeCases(
            cases ->
                cases.add(Shape.of(), Shape.of(0), Shape.of(1), Shape.of(3, 0), Shape.of(2_000)));
  }

  @Provide
  Arbitrary<Encoding> encodings() {
    return Arbitraries.of(Encoding.all());
  }

  /** Few survivors are where the gaps are long. */
  @Provide
  Arbitrary<Double> densities() {
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), Arbitraries.integers().between(1, 4))
        .as(Math::pow)
        .edgeCases(cases -> cases.add(0.0, 1.0, 0.5, 0.01));
  }
}
