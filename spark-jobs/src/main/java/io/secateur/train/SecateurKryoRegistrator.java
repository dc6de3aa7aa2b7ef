package io.secateur.train;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.secateur.config.DropoutPolicy;
import io.secateur.data.ImageShape;
import io.secateur.data.LabelledImages;
import io.secateur.data.RowChunk;
import io.secateur.data.TrainingRows;
import io.secateur.prune.MagnitudeHistogram;
import io.secateur.tensor.Mask;
import java.util.ArrayList;
import java.util.HashMap;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * The classes of ours that travel, {@code spark.kryo.registrationRequired} being on: a class that
 * is missing here fails when it is first sent.
 */
public final class SecateurKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(RoundInput.class);
    kryo.register(RoundResult.class);
    kryo.register(RoundResult[].class);
    kryo.register(LabelledImages.class);
    // a record, whose fields Kryo can't set
    kryo.register(ImageShape.class, new JavaSerializer());
    kryo.register(RowScores.class);
    kryo.register(RowScores[].class);
    kryo.register(Shard.class);
    kryo.register(Shard[].class);
    kryo.register(ShardPiece.class);
    kryo.register(RowChunk.class);
    kryo.register(RowChunk[].class);
    // names files in whatever format
    kryo.register(TrainingRows.class, new JavaSerializer());
    kryo.register(Mask.class);
    kryo.register(MagnitudeHistogram.class);
    kryo.register(DropoutPolicy.class);
    // small, and holds an engine of any class
    kryo.register(TrainingPlan.class, new JavaSerializer());
    kryo.register(ArrayList.class);
    kryo.register(HashMap.class);
    kryo.register(Object[].class);
    kryo.register(String[].class);
    // Scala's private ones, named as Spark meets them
    register(kryo, "scala.reflect.ManifestFactory$ObjectManifest");
    register(kryo, "scala.reflect.ClassTag$GenericClassTag");
    register(kryo, "scala.collection.mutable.WrappedArray$ofRef");
    register(kryo, "scala.collection.convert.Wrappers$");
  }

  private static void register(Kryo kryo, String className) {
    try {
      kryo.register(Class.forName(className));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the Scala library of this Spark has no " + className, e);
    }
  }
}
