package io.secateur.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultSchemaTest {
  private static final String HASH = "sha256:" + "0f".repeat(32);
  private static final String RESULT =
      """
      { "schema": 1, "job": "prune", "jobId": "20261124-093015-7f3a", "status": "succeeded",
        "exitCode": 0, "error": null,
        "seed": 1, "partitions": 2, "master": "local[2]", "store": "file:///tmp/store",
        "model": "lenet-300-100", "version": 2,
        "dense":  {"testErrorPercent": 1.5, "parameters": 266610},
        "pruned": {"testErrorPercent": 1.5, "weights": 22184, "parameters": 22594, "density": 0.0833},
        "compression": {"weights": 12.0, "bytes": 10.3},
        "bytes": {"dense": 1066440, "stored": 103000, "values": 0, "indices": 0, "fillers": 0,
                  "biases": 0, "headers": 0},
        "energy": {"denseMicrojoules": 171.6, "prunedMicrojoules": 0.13, "denseMemory": "DRAM",
                   "prunedMemory": "SRAM", "sramBytes": 1048576},
        "layers": [{"name": "fc1", "kind": "dense", "weights": 235200, "surviving": 18816,
                    "density": 0.08, "threshold": 0.03, "flop": 470400, "activationPercent": 38.0,
                    "flopPercent": 8.0, "encoding": "relative-index/5", "bytes": 0,
                    "kernel": null, "kernelReason": null, "neuronsRemoved": 12,
                    "energyMicrojoules": {"dense": 151.6, "pruned": 0.11},
                    "histograms": {"beforePruning": {"min": -0.2, "max": 0.3, "counts": [1, 2]},
                                   "afterPruning": null, "afterRetraining": null}}],
        "engine": "dl4j", "engineReason": null, "resumed": false,
        "steps": [{"step": 1, "sparsity": 0.5, "validationErrorBefore": 0,
                   "validationErrorAfter": 0, "epochs": 2, "seconds": 0}],
        "timings": {"dataSeconds": 0, "trainSeconds": 0, "pruneSeconds": 0, "retrainSeconds": 0,
                    "publishSeconds": 0, "totalSeconds": 0},
        "hashes": {"masks": "HASH", "parameters": "HASH"},
        "sweep": {"cells": 44, "resumedCells": 0, "examples": 5000, "denseErrorPercent": 0.9, "retrainEpochs": null,
                  "seconds": 4.5,
                  "layers": [{"name": "fc1", "weights": 235200, "sigma": 0.04, "min": -0.3,
                              "max": 0.4, "medianMagnitude": 0.02,
                              "points": [{"sparsity": 0.5, "threshold": 0.02, "errors": 46,
                                          "errorPercent": 0.92}]}],
                  "plan": {"method": "m", "target": "{sparsity=0.92}", "sparsity": 0.92,
                           "promisedErrorPercent": 1.2, "measuredErrorPercent": 1.4,
                           "layers": [{"name": "fc1", "sparsity": 0.93}]}},
        "tradeoff": {"examples": 5000, "weights": 266200, "resumedPoints": 0, "seconds": 60.5,
                     "curves": [{"variant": "l2", "points": [{"sparsity": 0.0, "weights": 266200,
                                 "errors": 80, "errorPercent": 1.6}]}]},
        "preflight": [{"host": "driver", "check": "java", "verdict": "ok", "found": "Java 17",
                       "remedy": ""}],
        "catalog": {"models": [{"model": "lenet-5", "source": "LeNet-5.zip", "version": 1,
                                "status": "published", "reason": null, "weightsBefore": 430500,
                                "weightsAfter": 34440, "bytesBefore": 1724320,
                                "bytesAfter": 180000, "errorBefore": 0.8, "errorAfter": 0.9,
                                "seconds": 0.5},
                               {"model": "broken", "source": "broken.zip", "version": null,
                                "status": "failed", "reason": "no zip", "weightsBefore": null,
                                "weightsAfter": null, "bytesBefore": null, "bytesAfter": null,
                                "errorBefore": null, "errorAfter": null, "seconds": 0.1}],
                    "published": 1, "unchanged": 0, "failed": 1, "weightsBefore": 430500,
                    "weightsAfter": 34440, "bytesBefore": 1724320, "bytesAfter": 180000,
                    "seconds": 1.5} }
      """
          .replace("HASH", HASH);

  private final ObjectMapper json = new ObjectMapper();
  private JsonSchema schema;
  private ObjectNode result;

  @BeforeEach
  void read() throws IOException {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(json.readTree(ShippedConf.bytes("schema/result.schema.json")));
    result = (ObjectNode) json.readTree(RESULT);
  }

  @Test
  void theContractsExampleIsValid() {
    assertThat(schema.validate(result)).isEmpty();
  }

  @Test
  void aJobThatFailedEarlyKnowsLittle() {
    result.put("status", "failed").put("exitCode", 2);
    result.putObject("error").put("found", "a").put("expected", "b").put("remedy", "c");
    for (String unknown :
        List.of(
            "seed",
            "partitions",
            "master",
            "store",
            "model",
            "version",
            "dense",
            "pruned",
            "compression",
            "bytes",
            "energy",
            "engine",
            "hashes",
            "sweep",
            "tradeoff")) {
      result.putNull(unknown);
    }
    result.putArray("layers");
    result.putArray("steps");
    result.putArray("preflight");

    assertThat(schema.validate(result)).isEmpty();
  }

  @Test
  void everyKeyIsRequiredAndNoOtherAllowed() {
    List<String> keys = List.copyOf(result.properties().stream().map(e -> e.getKey()).toList());
    for (String key : keys) {
      ObjectNode without = result.deepCopy();
      without.remove(key);
      assertThat(schema.validate(without)).as(key).isNotEmpty();
    }
    result.put("another", 1);
    assertThat(schema.validate(result)).isNotEmpty();
  }

  @Test
  void statusExitCodeAndErrorAgree() {
    result.put("exitCode", 1);
    assertThat(schema.validate(result)).isNotEmpty();
    result.put("status", "failed");
    assertThat(schema.validate(result)).isNotEmpty();
    result.putObject("error").put("found", "a").put("expected", "b").put("remedy", "c");
    assertThat(schema.validate(result)).isEmpty();
  }
}
