package io.secateur.preflight;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag$;

/** Whether what travels in a round comes out of this process's serializer as it went in. */
final class KryoProbe {
  private KryoProbe() {}

  static Finding roundTrip() {
    Finding sent = Finding.warn("a", "b", "c");
    try {
      SerializerInstance serializer = SparkEnv.get().serializer().newInstance();
      ByteBuffer bytes = serializer.serialize(sent, ClassTag$.MODULE$.apply(Finding.class));
      Finding back = serializer.deserialize(bytes, ClassTag$.MODULE$.apply(Finding.class));
      return back.toString().equals(sent.toString())
          ? Finding.ok("Kryo", "a round trip with " + serializer.getClass().getSimpleName())
          : Finding.fail("Kryo", "other values come back than went out", REMEDY);
    } catch (RuntimeException e) {
      return Finding.fail(
          "Kryo", String.valueOf(e.getMessage()).lines().findFirst().orElse(""), REMEDY);
    }
  }

  private static final String REMEDY =
      "the same Secateur jars on every host, spark.kryo.registrator left as it is";
}
