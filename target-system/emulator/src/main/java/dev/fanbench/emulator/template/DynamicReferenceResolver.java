package dev.fanbench.emulator.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dynamic references such as <code>{{resolve:secretsmanager:chat/jwt}}</code>, which CloudFormation
 * replaces by a secret when it deploys.
 */
final class DynamicReferenceResolver {
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:([^:{}]+):([^{}]+)}}");

  /** Parts of the ARN of a secret, which has colons itself. */
  private static final int ARN_PARTS = 7;

  private final LocalSecretStore secrets;

  DynamicReferenceResolver(LocalSecretStore secrets) {
    this.secrets = secrets;
  }

  /**
   * {@code node} with every dynamic reference in it, however deep, replaced by its value.
   *
   * @throws ParameterException naming a secret that is not on this machine
   * @throws TemplateException naming a reference that the emulator does not know
   */
  Object resolve(Object node, String where) {
    if (node instanceof String text) {
      return text.contains("{{resolve:") ? replaced(text, where) : text;
    }
    if (node instanceof List<?> list) {
      return list.stream().map(item -> resolve(item, where)).toList();
    }
    if (node instanceof Map<?, ?>) {
      Map<String, Object> resolved = new LinkedHashMap<>();
      TemplateNode.map(node, where)
          .forEach((key, value) -> resolved.put(key, resolve(value, where + "." + key)));
      return resolved;
    }
    return node;
  }

  private String replaced(String text, String where) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(value(match.group(1), match.group(2), where)));
  }

  private String value(String service, String reference, String where) {
    return switch (service) {
      case "secretsmanager" -> secret(reference, where);
      case "ssm", "ssm-secure" -> named(reference.replaceFirst(":\\d+$", ""), where);
      default ->
          throw new TemplateException(
              "%s: the emulator does not know {{resolve:%s:…}}; it knows secretsmanager, ssm and ssm-secure"
                  .formatted(where, service));
    };
  }

  /** {@code ID[:SecretString[:KEY[:STAGE[:VERSION]]]]}; there is one version here. */
  private String secret(String reference, String where) {
    List<String> parts = List.of(reference.split(":", -1));
    int end = reference.startsWith("arn:") ? Math.min(ARN_PARTS, parts.size()) : 1;
    String text = named(String.join(":", parts.subList(0, end)), where);
    String key = parts.size() > end + 1 ? parts.get(end + 1) : "";
    return key.isEmpty() ? text : field(text, key, where);
  }

  private String named(String name, String where) {
    return secrets
        .value(name)
        .orElseThrow(
            () ->
                new ParameterException(
                    "%s asks for the secret %s, which is not here; give it in a file of lines NAME=VALUE, --secrets FILE"
                        .formatted(where, name)));
  }

  private static String field(String json, String key, String where) {
    try {
      // JSON is YAML.
      return TemplateNode.text(TemplateYaml.parse(json), key, where);
    } catch (TemplateException broken) {
      // Its message would show the secret.
      throw new TemplateException(where + " asks for " + key + ", which the secret does not have");
    }
  }
}
