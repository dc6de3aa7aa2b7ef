package io.secateur.sensitivity;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/** The classes of a sweep that travel. */
public final class SweepKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(SweepCell.class);
    // holds an engine and a network, and travels once
    kryo.register(SweepSubject.class, new JavaSerializer());
  }
}
