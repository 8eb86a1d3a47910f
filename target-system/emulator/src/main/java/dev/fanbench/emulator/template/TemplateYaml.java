package dev.fanbench.emulator.template;

import java.util.Arrays;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML with CloudFormation's tags. A tag becomes the map that stands for it in JSON templates:
 * {@code !Ref X} is {@code {"Ref": "X"}}, {@code !Sub x} is {@code {"Fn::Sub": "x"}}, {@code
 * !GetAtt A.B} is {@code {"Fn::GetAtt": ["A", "B"]}}.
 */
final class TemplateYaml {
  private TemplateYaml() {}

  /**
   * Reads a whole template.
   *
   * @throws TemplateException if it is no YAML, or not a map
   */
  static Map<String, Object> parse(String yaml) {
    try {
      return TemplateNode.map(new Yaml(new Tags()).load(yaml), "the template");
    } catch (YAMLException broken) {
      throw new TemplateException("the template is no YAML: " + broken.getMessage());
    }
  }

  private static final class Tags extends SafeConstructor {
    Tags() {
      super(new LoaderOptions());
      yamlMultiConstructors.put("!", new Intrinsic());
    }

    private final class Intrinsic extends AbstractConstruct {
      @Override
      public Object construct(Node node) {
        String tag = node.getTag().getValue().substring(1);
        Object value = plain(node);
        return switch (tag) {
          case "Ref", "Condition" -> Map.of(tag, value);
          case "GetAtt" ->
              Map.of(
                  "Fn::GetAtt",
                  value instanceof String path ? Arrays.asList(path.split("\\.", 2)) : value);
          default -> Map.of("Fn::" + tag, value);
        };
      }

      private Object plain(Node node) {
        if (node instanceof ScalarNode scalar) {
          return scalar.getValue();
        }
        if (node instanceof SequenceNode sequence) {
          return constructSequence(sequence);
        }
        return constructMapping((MappingNode) node);
      }
    }
  }
}
