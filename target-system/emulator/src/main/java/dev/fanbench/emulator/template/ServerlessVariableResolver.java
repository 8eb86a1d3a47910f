package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves the variables of {@code serverless.yml}: <code>${self:PATH}</code>, <code>${env:NAME}
 * </code>, <code>${opt:NAME}</code> and <code>${sls:stage}</code>, each with defaults after commas.
 */
final class ServerlessVariableResolver {
  private static final String STAGE = "stage";
  private static final String FALLBACK_STAGE = "dev";
  private static final int MOST_DEPTH = 32;

  /** One without another variable in it; CloudFormation's pseudo parameters have two colons. */
  private static final Pattern INNERMOST =
      Pattern.compile("\\$\\{([a-zA-Z]+(?:\\([^${}]*\\))?:(?!:)[^${}]*)}");

  private static final Pattern QUOTED = Pattern.compile("'(.*)'|\"(.*)\"");
  private static final Pattern LITERAL = Pattern.compile("-?\\d+(?:\\.\\d+)?|true|false|null");
  private static final Pattern SOURCE = Pattern.compile("([a-zA-Z]+(?:\\(.*\\))?):(.*)");

  private final Map<String, Object> root;
  private final Map<String, String> options;
  private final UnaryOperator<String> environment;
  private final Set<String> beingResolved = new LinkedHashSet<>();

  /**
   * @param root the whole file
   * @param options values of <code>${opt:…}</code>
   * @param environment values of <code>${env:…}</code>, null for those that are not set
   */
  ServerlessVariableResolver(
      Map<String, Object> root, Map<String, String> options, UnaryOperator<String> environment) {
    this.root = withStage(root, options);
    this.options = options;
    this.environment = environment;
  }

  /** The framework's stage is its option, or else that of the file, or else {@code dev}. */
  private static Map<String, Object> withStage(
      Map<String, Object> root, Map<String, String> options) {
    Map<String, Object> provider =
        new LinkedHashMap<>(TemplateNode.mapIn(root, "provider", "serverless.yml"));
    if (options.containsKey(STAGE)) {
      provider.put(STAGE, options.get(STAGE));
    }
    provider.putIfAbsent(STAGE, FALLBACK_STAGE);
    Map<String, Object> staged = new LinkedHashMap<>(root);
    staged.put("provider", provider);
    return staged;
  }

  /**
   * The whole file, every variable replaced by its value.
   *
   * @throws TemplateException naming a variable that has no value, or that the emulator does not
   *     have
   */
  Map<String, Object> resolve() {
    return TemplateNode.map(resolve(root, ""), "serverless.yml");
  }

  private Object resolve(Object node, String where) {
    if (node instanceof String text) {
      return text.contains("${") ? text(text, where) : text;
    }
    if (node instanceof List<?> list) {
      List<Object> all = new ArrayList<>();
      list.forEach(each -> all.add(resolve(each, where)));
      return all;
    }
    if (node instanceof Map<?, ?>) {
      Map<String, Object> all = new LinkedHashMap<>();
      TemplateNode.map(node, where)
          .forEach(
              (key, value) ->
                  all.put(key, resolve(value, where.isEmpty() ? key : where + "." + key)));
      return all;
    }
    return node;
  }

  private Object text(String given, String where) {
    String text = given;
    for (int depth = 0; depth < MOST_DEPTH; depth++) {
      Matcher variable = INNERMOST.matcher(text);
      if (!variable.find()) {
        return text;
      }
      Object value = value(variable.group(1), where);
      if (variable.start() == 0 && variable.end() == text.length()) {
        return value;
      }
      if (value instanceof Map || value instanceof List) {
        throw new TemplateException(
            "%s: ${%s} is no text, which %s needs".formatted(where, variable.group(1), given));
      }
      text = text.substring(0, variable.start()) + value + text.substring(variable.end());
    }
    throw new TemplateException("%s has too many variables: %s".formatted(where, given));
  }

  private Object value(String variable, String where) {
    if (!beingResolved.add(variable) || beingResolved.size() > MOST_DEPTH) {
      throw new TemplateException("%s: ${%s} refers to itself".formatted(where, variable));
    }
    try {
      for (String part : variable.split(",(?=(?:[^'\"]*['\"][^'\"]*['\"])*[^'\"]*$)", -1)) {
        Optional<Object> value = alternative(part.strip(), variable, where);
        if (value.isPresent()) {
          return value.get();
        }
      }
    } finally {
      beingResolved.remove(variable);
    }
    throw new TemplateException("%s: ${%s} has no value and no default".formatted(where, variable));
  }

  private Optional<Object> alternative(String part, String variable, String where) {
    Matcher quoted = QUOTED.matcher(part);
    if (quoted.matches()) {
      return Optional.of(quoted.group(1) == null ? quoted.group(2) : quoted.group(1));
    }
    if (LITERAL.matcher(part).matches()) {
      return Optional.of(part);
    }
    Matcher source = SOURCE.matcher(part);
    String kind = source.matches() ? source.group(1) : part;
    String name = source.matches() ? source.group(2).strip() : "";
    return switch (kind) {
      case "self" -> self(name, where);
      case "opt" -> Optional.ofNullable(options.get(name));
      case "env" -> Optional.ofNullable(environment.apply(name));
      case "sls" -> stage(name, variable, where);
      default -> throw unknown(variable, where);
    };
  }

  private Optional<Object> stage(String name, String variable, String where) {
    if (!name.equals(STAGE)) {
      throw unknown(variable, where);
    }
    return self("provider.stage", where);
  }

  private static TemplateException unknown(String variable, String where) {
    return new TemplateException(
        "%s: the emulator does not know ${%s}; it knows ${self:…}, ${env:…}, ${opt:…} and ${sls:stage}"
            .formatted(where, variable));
  }

  private Optional<Object> self(String path, String where) {
    Object found = root;
    for (String key : path.split("\\.", -1)) {
      // A variable may stand for the map that the rest of the path leads into.
      found = found instanceof String text ? resolve(text, where) : found;
      if (found instanceof List<?> list && key.matches("\\d{1,4}")) {
        int index = Integer.parseInt(key);
        found = index < list.size() ? list.get(index) : null;
      } else {
        found = found instanceof Map<?, ?> map ? map.get(key) : null;
      }
    }
    return Optional.ofNullable(found).map(value -> resolve(value, where));
  }
}
