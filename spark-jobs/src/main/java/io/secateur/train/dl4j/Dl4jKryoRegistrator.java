package io.secateur.train.dl4j;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.nd4j.linalg.dataset.DataSet;

/** What DL4J's own training master sends: small beside its arrays, so in Java's serial form. */
public final class Dl4jKryoRegistrator implements KryoRegistrator {
  @Override
  public void registerClasses(Kryo kryo) {
    kryo.register(DataSet.class, new JavaSerializer());
    kryo.register(NetBroadcastTuple.class, new JavaSerializer());
    kryo.register(ParameterAveragingTrainingResult.class, new JavaSerializer());
    kryo.register(ParameterAveragingAggregationTuple.class, new JavaSerializer());
  }
}
