package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the functions of a template, with the defaults that {@code Globals} gives them. */
final class FunctionReader {
  static final String FUNCTION = "AWS::Serverless::Function";
  private static final String LAYER = "AWS::Serverless::LayerVersion";
  private static final String LAYERS = "Layers";
  private static final String VARIABLES = "Variables";
  private static final String ENVIRONMENT = "Environment";
  private static final int DEFAULT_SECONDS = 3;
  private static final int DEFAULT_MEGABYTES = 128;

  /** Limits of Lambda. */
  private static final int MOST_SECONDS = 900;

  private static final int MOST_HANDLER_CHARACTERS = 128;
  private static final int MOST_LAYERS = 5;

  /** A path of plain names and then, after a dot, the name of a function. */
  private static final Pattern MODULE =
      Pattern.compile("(?:[\\w-][\\w.-]*/)*[\\w-]+(?:\\.[\\w$-]+)+");

  /** Properties of the code of a function in a process of its own. */
  private static final Set<String> CODE = Set.of("CodeUri", "Runtime", LAYERS);

  private final Map<String, Map<String, Object>> resources;
  private final Map<String, Object> globals;
  private final Set<String> unread = new TreeSet<>();

  /**
   * @param resources by logical name, references resolved
   * @param globals defaults of all functions, references resolved
   */
  FunctionReader(Map<String, Map<String, Object>> resources, Map<String, Object> globals) {
    this.resources = resources;
    this.globals = globals;
  }

  /** Properties that change nothing here. Known after {@link #read}. */
  Set<String> unread() {
    return unread;
  }

  /** The functions by their logical names. */
  Map<String, FunctionDefinition> read() {
    Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
    for (String name : TemplateReader.named(resources, FUNCTION)) {
      Map<String, Object> own = properties(name);
      Map<String, Object> all = new LinkedHashMap<>(globals);
      all.putAll(own);
      all.put(LAYERS, layerReferences(own, name));
      functions.put(name, function(name, all, variables(own, name)));
    }
    return functions;
  }

  private FunctionDefinition function(
      String name, Map<String, Object> properties, Map<String, String> variables) {
    FunctionLanguage language =
        properties.containsKey("Runtime")
            ? FunctionLanguage.of(TemplateNode.text(properties, "Runtime", name), name)
            : FunctionLanguage.JAVA;
    int seconds = TemplateNode.number(properties, "Timeout", name, DEFAULT_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new TemplateException(
          "%s.Timeout is %d; Lambda allows 1 to %d".formatted(name, seconds, MOST_SECONDS));
    }
    return new FunctionDefinition(
        name,
        handler(language, properties, name),
        code(language, properties, name),
        TemplateNode.number(properties, "MemorySize", name, DEFAULT_MEGABYTES),
        Duration.ofSeconds(seconds),
        variables);
  }

  private static String handler(
      FunctionLanguage language, Map<String, Object> properties, String name) {
    if (language == FunctionLanguage.CUSTOM) {
      return TemplateNode.text(properties, "Handler", name, "bootstrap");
    }
    String handler = TemplateNode.text(properties, "Handler", name);
    if (language == FunctionLanguage.JAVA) {
      return handler.replaceFirst("::.*", "");
    }
    if (handler.length() > MOST_HANDLER_CHARACTERS || !MODULE.matcher(handler).matches()) {
      throw new TemplateException(
          "%s.Handler is %s; the emulator has FILE.FUNCTION, below CodeUri and of at most %d characters"
              .formatted(name, handler, MOST_HANDLER_CHARACTERS));
    }
    return handler;
  }

  private FunctionCode code(
      FunctionLanguage language, Map<String, Object> properties, String name) {
    if (!language.hasOwnProcess()) {
      properties.keySet().stream()
          .filter(CODE::contains)
          .filter(key -> !List.of().equals(properties.get(key)))
          .forEach(key -> unread.add("Serverless::Function." + key));
      return FunctionCode.classPath();
    }
    return new FunctionCode(
        language,
        TemplateNode.text(properties, "Runtime", name),
        folder(properties, "CodeUri", name),
        layers(TemplateNode.list(properties, LAYERS, name), name));
  }

  /** A folder beside the template. */
  private static String folder(Map<String, Object> properties, String key, String name) {
    Object value = properties.getOrDefault(key, ".");
    String folder = value instanceof String text ? text : "";
    if (folder.isBlank() || folder.startsWith("s3://") || folder.indexOf('\0') >= 0) {
      throw new TemplateException(
          "%s.%s is %s; the emulator has folders beside the template".formatted(name, key, value));
    }
    return folder;
  }

  private List<String> layers(List<?> references, String name) {
    if (references.size() > MOST_LAYERS) {
      throw new TemplateException(
          "%s.Layers has %d layers; Lambda allows %d"
              .formatted(name, references.size(), MOST_LAYERS));
    }
    List<String> folders = new ArrayList<>();
    for (Object reference : references) {
      String layer = reference.toString();
      if (TemplateReader.named(resources, LAYER).contains(layer)) {
        folders.add(folder(properties(layer), "ContentUri", layer));
      } else {
        unread.add("Serverless::Function.Layers " + layer);
      }
    }
    return folders;
  }

  /** SAM joins lists of {@code Globals} and of a function. */
  private List<Object> layerReferences(Map<String, Object> own, String name) {
    List<Object> all = new ArrayList<>(TemplateNode.list(globals, LAYERS, "Globals"));
    all.addAll(TemplateNode.list(own, LAYERS, name));
    return all;
  }

  /** SAM joins maps of {@code Globals} and of a function. */
  private Map<String, String> variables(Map<String, Object> own, String name) {
    Map<String, String> all = new HashMap<>();
    putVariables(all, globals, "Globals");
    putVariables(all, own, name);
    return all;
  }

  private static void putVariables(
      Map<String, String> all, Map<String, Object> properties, String where) {
    Map<String, Object> environment = TemplateNode.mapIn(properties, ENVIRONMENT, where);
    TemplateNode.mapIn(environment, VARIABLES, where)
        .forEach((name, value) -> all.put(name, String.valueOf(value)));
  }

  private Map<String, Object> properties(String name) {
    return TemplateNode.mapIn(resources.get(name), "Properties", name);
  }
}
