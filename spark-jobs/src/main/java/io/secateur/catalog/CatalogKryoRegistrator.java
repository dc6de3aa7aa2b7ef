package io.secateur.catalog;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;

/** The classes of a catalog's run that travel. */
public final class CatalogKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(ModelTask.class, new JavaSerializer());
    kryo.register(TaskOutcome.class, new JavaSerializer());
    kryo.register(TaskOutcome[].class);
  }
}
