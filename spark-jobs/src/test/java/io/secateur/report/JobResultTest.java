package io.secateur.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.secateur.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobResultTest {
  private static final Problem PROBLEM = new Problem("a", "b", "c");

  @Test
  void everyKeyIsWrittenInTheContractsOrder() throws IOException {
    String json = text(SampleResult.builder().succeeded()).replaceAll("\\s", "");

    assertThat(json.replaceAll("\"totalSeconds\":[0-9.]+", "\"totalSeconds\":0"))
        .isEqualTo(
            ("{'schema':1,'job':'prune','jobId':'20261124-093015-7f3a','status':'succeeded',"
                    + "'exitCode':0,'error':null,'seed':1,'partitions':2,'master':'local[2]',"
                    + "'store':'file:///tmp/store','model':'small','version':2,"
                    + "'dense':{'testErrorPercent':1.5,'parameters':15},"
                    + "'pruned':{'testErrorPercent':1.25,'weights':6,'parameters':9,'density':0.5},"
                    + "'compression':{'weights':2.0,'bytes':1.2},"
                    + "'bytes':{'dense':60,'stored':50,'values':24,'indices':4,'fillers':8,"
                    + "'biases':12,'headers':2},"
                    + "'energy':{'denseMicrojoules':5.25,'prunedMicrojoules':0.5,"
                    + "'denseMemory':'DRAM','prunedMemory':'SRAM','sramBytes':1048576},"
                    + "'layers':[{'name':'fc1','kind':'dense','weights':8,'surviving':3,"
                    + "'density':0.375,'threshold':0.03125,'flop':16,'activationPercent':50.0,"
                    + "'flopPercent':37.5,'encoding':'relative-index/5','bytes':30,"
                    + "'kernel':'sparse','kernelReason':'cheaper','neuronsRemoved':1,"
                    + "'energyMicrojoules':{'dense':5.25,'pruned':0.5},'histograms':{"
                    + "'beforePruning':{'min':-0.5,'max':1.0,'counts':[3,5]},"
                    + "'afterPruning':null,"
                    + "'afterRetraining':{'min':-0.25,'max':1.0,'counts':[1,2]}}},"
                    + "{'name':'fc2','kind':'dense','weights':4,'surviving':3,"
                    + "'density':0.75,'threshold':null,'flop':8,'activationPercent':null,"
                    + "'flopPercent':null,'encoding':'dense','bytes':20,'kernel':null,"
                    + "'kernelReason':null,'neuronsRemoved':0,'energyMicrojoules':null,"
                    + "'histograms':null}],"
                    + "'engine':'dl4j','engineReason':null,'resumed':false,"
                    + "'steps':[{'step':1,'sparsity':0.5,'validationErrorBefore':2.0,"
                    + "'validationErrorAfter':1.75,'epochs':2,'seconds':3.5}],"
                    + "'timings':{'dataSeconds':0.0,'trainSeconds':1.75,'pruneSeconds':0.0,"
                    + "'retrainSeconds':0.0,'publishSeconds':0.0,'totalSeconds':0},"
                    + "'hashes':{'masks':'sha256:"
                    + "0".repeat(64)
                    + "','parameters':'sha256:"
                    + "f".repeat(64)
                    + "'},'sweep':{'cells':1,'resumedCells':0,'examples':100,"
                    + "'denseErrorPercent':2.0,'retrainEpochs':null,'seconds':0.5,'layers':[{'name':'fc1','weights':8,"
                    + "'sigma':0.1,'min':-0.25,'max':0.5,'medianMagnitude':0.125,'points':["
                    + "{'sparsity':0.0,'threshold':0.0,'errors':2,'errorPercent':2.0}]}],"
                    + "'plan':null},"
                    + "'tradeoff':{'examples':100,'weights':8,'resumedPoints':0,'seconds':0.5,"
                    + "'curves':[{'variant':'l2','points':["
                    + "{'sparsity':0.0,'weights':8,'errors':2,'errorPercent':2.0}]}]},'preflight':[],'catalog':null}")
                .replace('\'', '"'));
  }

  @Test
  void aJobThatFailsBeforeItKnowsAnythingWritesNulls() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(text(JobResult.builder("train", "id").failed(2, PROBLEM)));

    assertThat(json.get("status").asText()).isEqualTo("failed");
    assertThat(json.get("error").toString())
        .isEqualTo("{\"found\":\"a\",\"expected\":\"b\",\"remedy\":\"c\"}");
    for (String key :
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
            "engineReason",
            "hashes",
            "sweep")) {
      assertThat(json.has(key)).as(key).isTrue();
      assertThat(json.get(key).isNull()).as(key).isTrue();
    }
    assertThat(json.get("layers")).isEmpty();
    assertThat(json.get("steps")).isEmpty();
    assertThat(json.get("preflight")).isEmpty();
    assertThat(json.get("catalog").isNull()).isTrue();
  }

  @Test
  void successAndFailureFitTheSchema() throws IOException {
    assertThat(violations(SampleResult.builder().succeeded())).isEmpty();
    assertThat(violations(SampleResult.builder().failed(1, PROBLEM))).isEmpty();
    assertThat(violations(JobResult.builder("evaluate", "20261124-093015-7f3a").failed(2, PROBLEM)))
        .isEmpty();
  }

  @Test
  void statusExitCodeAndErrorMustAgree() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampleResult.builder().failed(0, PROBLEM));
  }

  @Test
  void aFigureThatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobResult.builder("train", "id").dense(Double.NaN, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> JobResult.builder("train", "id").compression(Double.POSITIVE_INFINITY, 1));
  }

  private static String text(JobResult result) {
    return new String(ResultFile.toBytes(result), StandardCharsets.UTF_8);
  }

  private static Set<ValidationMessage> violations(JobResult result) throws IOException {
    try (InputStream schema =
        JobResultTest.class.getResourceAsStream("/io/secateur/conf/schema/result.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(schema)
          .validate(new ObjectMapper().readTree(ResultFile.toBytes(result)));
    }
  }
}
