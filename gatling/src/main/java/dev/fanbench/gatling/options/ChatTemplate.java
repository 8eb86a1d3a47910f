package dev.fanbench.gatling.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads the settings of the serverless chat from its template: the parameters in the group {@value
 * #GROUP} of its {@code AWS::CloudFormation::Interface}. A new one there is an option at once.
 */
final class ChatTemplate {
  static final String GROUP = "Chat";
  private static final String FILE = "target-system/template.yaml";
  private static final String INTERFACE = "AWS::CloudFormation::Interface";

  private ChatTemplate() {}

  /**
   * The settings, in the order of the group; none in a folder without the template.
   *
   * @param home the checkout, or the folder of another project
   * @throws BadOption when the template cannot be read or has no such group
   */
  static List<ChatParameter> read(Path home) {
    Path file = home.resolve(FILE);
    if (!Files.exists(file)) {
      // The folder of a user's own project.
      return List.of();
    }
    try (Reader reader = Files.newBufferedReader(file)) {
      Map<String, Node> template = map(new Yaml().compose(reader));
      Map<String, Node> parameters = map(template.get("Parameters"));
      List<ChatParameter> chat = new ArrayList<>();
      for (Node group :
          list(map(map(template.get("Metadata")).get(INTERFACE)), "ParameterGroups")) {
        if (text(map(map(group).get("Label")).get("default")).equals(GROUP)) {
          for (Node name : list(map(group), "Parameters")) {
            chat.add(parameter(text(name), map(parameters.get(text(name)))));
          }
        }
      }
      if (chat.isEmpty()) {
        throw new BadOption(file + " has no parameter group named " + GROUP + ".");
      }
      return chat;
    } catch (IOException | YAMLException | IllegalArgumentException e) {
      throw new BadOption("The settings of the serverless chat cannot be read from " + file + ".");
    }
  }

  private static ChatParameter parameter(String name, Map<String, Node> declared) {
    String otherwise = text(declared.get("Default"));
    String help = text(declared.get("Description")).replaceAll("\\s+", " ").strip();
    if (text(declared.get("Type")).equals("Number")) {
      return ChatParameter.number(
          name,
          otherwise,
          help,
          Integer.parseInt(text(declared.get("MinValue"))),
          Integer.parseInt(text(declared.get("MaxValue"))));
    }
    List<String> words = list(declared, "AllowedValues").stream().map(ChatTemplate::text).toList();
    return ChatParameter.choice(name, otherwise, help, words);
  }

  private static Map<String, Node> map(Node node) {
    if (!(node instanceof MappingNode mapping)) {
      throw new IllegalArgumentException("a map was expected");
    }
    Map<String, Node> map = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      map.put(text(tuple.getKeyNode()), tuple.getValueNode());
    }
    return map;
  }

  private static List<Node> list(Map<String, Node> map, String key) {
    if (!(map.get(key) instanceof SequenceNode sequence)) {
      throw new IllegalArgumentException(key + " is no list");
    }
    return sequence.getValue();
  }

  private static String text(Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new IllegalArgumentException("a text was expected");
    }
    return scalar.getValue();
  }
}
