package io.secateur.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import scala.reflect.ClassTag$;

class PartitionDataTest {
  private static final PartitionData DATA = PartitionData.of(SampleDigits.trainRows(), 1, 3);

  @Test
  void survivesKryoWithItsOwnClassRegistered() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.kryo.registrationRequired", "true")
            .registerKryoClasses(new Class<?>[] {PartitionData.class});
    requireSame(roundTrip(new KryoSerializer(conf).newInstance()));
  }

  @Test
  void survivesJavaSerialisation() {
    requireSame(roundTrip(new JavaSerializer(new SparkConf(false)).newInstance()));
  }

  private static PartitionData roundTrip(SerializerInstance serializer) {
    return serializer.deserialize(
        serializer.serialize(DATA, ClassTag$.MODULE$.apply(PartitionData.class)),
        ClassTag$.MODULE$.apply(PartitionData.class));
  }

  private static void requireSame(PartitionData back) {
    assertThat(back.rows()).isEqualTo(267);
    assertThat(back.pixels()).isEqualTo(DATA.pixels());
    assertThat(back.labels()).isEqualTo(DATA.labels());
    assertThat(back.globalRow(2)).isEqualTo(7);
    assertThat(back.pixelsPerRow()).isEqualTo(784);
    assertThat(back.classes()).isEqualTo(10);
  }
}
