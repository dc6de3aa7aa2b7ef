package io.secateur.preflight;

import com.esotericsoftware.kryo.Kryo;
import org.apache.spark.serializer.KryoRegistrator;

/** The classes of this package that travel. */
public final class PreflightKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(Finding.class);
    kryo.register(Finding[].class);
    kryo.register(Verdict.class);
  }
}
