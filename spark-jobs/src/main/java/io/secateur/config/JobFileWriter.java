package io.secateur.config;

import java.math.BigDecimal;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** Options as YAML that {@link JobFileReader} reads back: block style, numbers in full. */
final class JobFileWriter {
  private JobFileWriter() {}

  static String yaml(Map<String, Object> options) {
    DumperOptions style = new DumperOptions();
    style.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    style.setWidth(Integer.MAX_VALUE);
    return new Yaml(new ExactNumbers(style), style).dump(options);
  }

  /** SnakeYAML tags a decimal without a point as a float and then has to write the tag out. */
  private static final class ExactNumbers extends Representer {
    ExactNumbers(DumperOptions style) {
      super(style);
      representers.put(
          BigDecimal.class,
          data -> {
            String text = ((BigDecimal) data).toPlainString();
            return representScalar(text.indexOf('.') < 0 ? Tag.INT : Tag.FLOAT, text);
          });
    }
  }
}
