package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the functions of a template, with the defaults that {@code Globals} gives them. */
final class FunctionReader {
  static final String FUNCTION = "AWS::Serverless::Function";

  /** The type that all other tools write, and which the defaults of {@code Globals} skip. */
  static final String PLAIN = "AWS::Lambda::Function";

  private static final String LAYER = "AWS::Serverless::LayerVersion";
  private static final String PLAIN_LAYER = "AWS::Lambda::LayerVersion";
  private static final String LAYERS = "Layers";
  private static final String RESERVED = "ReservedConcurrentExecutions";
  private static final String PACKAGE = "PackageType";
  private static final String ZIP = "Zip";
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

  /** With it a path may begin in Node, where Lambda takes it for the folder of the code. */
  private static final String HERE = "./";

  /** Properties of the code of a function in a process of its own. */
  private static final Set<String> CODE =
      Set.of("CodeUri", "InlineCode", "Code", "Runtime", LAYERS);

  private final Map<String, Map<String, Object>> resources;
  private final Map<String, Object> globals;
  private final ReferenceTable references;
  private final Set<String> unread = new TreeSet<>();

  /**
   * @param resources by logical name, references resolved
   * @param globals defaults of all functions, references resolved
   * @param references know the physical names of functions
   */
  FunctionReader(
      Map<String, Map<String, Object>> resources,
      Map<String, Object> globals,
      ReferenceTable references) {
    this.resources = resources;
    this.globals = globals;
    this.references = references;
  }

  /** Properties that change nothing here. Known after {@link #read}. */
  Set<String> unread() {
    return unread;
  }

  /** Whether a type of resources is one of functions. */
  static boolean isFunction(Object type) {
    return FUNCTION.equals(type) || PLAIN.equals(type);
  }

  /**
   * Refuses a function that is an image, before its other properties are looked at.
   *
   * @param resource of any type
   * @throws TemplateException which is of no effect if nothing calls the function
   */
  static void requireZip(Map<String, Object> resource, String name) {
    if (isFunction(resource.get("Type"))) {
      Map<String, Object> properties = TemplateNode.mapIn(resource, "Properties", name);
      String kind = TemplateNode.text(properties, PACKAGE, name, ZIP);
      if (!kind.equals(ZIP)) {
        throw new TemplateException(
            "%s.%s is %s; the emulator has %s only".formatted(name, PACKAGE, kind, ZIP));
      }
    }
  }

  /**
   * The functions by their logical names.
   *
   * @param called those that a route or the authorizer calls; of the others, one that the emulator
   *     cannot run is left out and said to be of no effect
   */
  Map<String, FunctionDefinition> read(Set<String> called) {
    Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
    resources.forEach(
        (name, resource) -> {
          if (isFunction(resource.get("Type"))) {
            try {
              functions.put(name, function(name, isPlain(name) ? Map.of() : globals));
            } catch (TemplateException refused) {
              if (called.contains(name)) {
                throw refused;
              }
              unread.add(uncalled(name, refused));
            }
          }
        });
    return functions;
  }

  /** A function that cannot run, and is not called, in words. */
  static String uncalled(String name, TemplateException reason) {
    return "function %s, which no route calls: %s".formatted(name, reason.getMessage());
  }

  private boolean isPlain(String name) {
    return PLAIN.equals(resources.get(name).get("Type"));
  }

  private String shortType(String name) {
    return isPlain(name) ? "Lambda::Function." : "Serverless::Function.";
  }

  private FunctionDefinition function(String name, Map<String, Object> defaults) {
    Map<String, Object> own = properties(name);
    Map<String, Object> all = new LinkedHashMap<>(defaults);
    all.putAll(own);
    all.put(LAYERS, layerReferences(defaults, own, name));
    return function(name, all, variables(defaults, own, name));
  }

  private FunctionDefinition function(
      String name, Map<String, Object> properties, Map<String, String> variables) {
    FunctionLanguage language = language(properties, name);
    int seconds = TemplateNode.number(properties, "Timeout", name, DEFAULT_SECONDS);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new TemplateException(
          "%s.Timeout is %d; Lambda allows 1 to %d".formatted(name, seconds, MOST_SECONDS));
    }
    return new FunctionDefinition(
        name,
        references.functionArn(name),
        handler(language, properties, name),
        code(language, properties, name),
        TemplateNode.number(properties, "MemorySize", name, DEFAULT_MEGABYTES),
        Duration.ofSeconds(seconds),
        reservedConcurrency(properties, name),
        variables);
  }

  /** A Java class that the emulator has runs in it; another one needs its code and a process. */
  private FunctionLanguage language(Map<String, Object> properties, String name) {
    if (!properties.containsKey("Runtime")) {
      return FunctionLanguage.JAVA;
    }
    FunctionLanguage language =
        FunctionLanguage.of(TemplateNode.text(properties, "Runtime", name), name);
    boolean elsewhere =
        language == FunctionLanguage.JAVA
            && properties.containsKey(isPlain(name) ? "Code" : "CodeUri")
            && !JavaHandler.isOnClassPath(TemplateNode.text(properties, "Handler", name));
    return elsewhere ? FunctionLanguage.JAVA_PROCESS : language;
  }

  private static Optional<Integer> reservedConcurrency(
      Map<String, Object> properties, String name) {
    if (!properties.containsKey(RESERVED)) {
      return Optional.empty();
    }
    int requests = TemplateNode.number(properties, RESERVED, name, 0);
    if (requests < 0) {
      throw new TemplateException(
          "%s.%s is %d; Lambda allows 0 or more".formatted(name, RESERVED, requests));
    }
    return Optional.of(requests);
  }

  private static String handler(
      FunctionLanguage language, Map<String, Object> properties, String name) {
    if (language == FunctionLanguage.CUSTOM) {
      return TemplateNode.text(properties, "Handler", name, "bootstrap");
    }
    String handler = TemplateNode.text(properties, "Handler", name);
    if (language == FunctionLanguage.JAVA) {
      return JavaHandler.className(handler);
    }
    if (language == FunctionLanguage.JAVA_PROCESS) {
      return JavaHandler.require(handler, name);
    }
    boolean fromHere = language == FunctionLanguage.NODE && handler.startsWith(HERE);
    String path = fromHere ? handler.substring(HERE.length()) : handler;
    if (handler.length() > MOST_HANDLER_CHARACTERS || !MODULE.matcher(path).matches()) {
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
          .forEach(key -> unread.add(shortType(name) + key));
      return new FunctionCode(
          language, TemplateNode.text(properties, "Runtime", name, "java"), ".", List.of());
    }
    FunctionSource source =
        isPlain(name)
            ? FunctionSource.ofCloudFormation(resources.get(name), "Code", name)
            : FunctionSource.ofSam(properties, "CodeUri", name);
    return new FunctionCode(
        language,
        TemplateNode.text(properties, "Runtime", name),
        source.path(),
        source.inline(),
        layers(TemplateNode.list(properties, LAYERS, name), name));
  }

  private List<String> layers(List<?> references, String name) {
    if (references.size() > MOST_LAYERS) {
      throw new TemplateException(
          "%s.Layers has %d layers; Lambda allows %d"
              .formatted(name, references.size(), MOST_LAYERS));
    }
    List<String> folders = new ArrayList<>();
    for (Object reference : references) {
      String layer = String.valueOf(reference);
      if (TemplateReader.named(resources, LAYER).contains(layer)) {
        folders.add(FunctionSource.ofSam(properties(layer), "ContentUri", layer).path());
      } else if (TemplateReader.named(resources, PLAIN_LAYER).contains(layer)) {
        folders.add(FunctionSource.ofCloudFormation(resources.get(layer), "Content", layer).path());
      } else {
        unread.add(shortType(name) + "Layers " + layer);
      }
    }
    return folders;
  }

  /** SAM joins lists of {@code Globals} and of a function. */
  private static List<Object> layerReferences(
      Map<String, Object> defaults, Map<String, Object> own, String name) {
    List<Object> all = new ArrayList<>(TemplateNode.list(defaults, LAYERS, "Globals"));
    all.addAll(TemplateNode.list(own, LAYERS, name));
    return all;
  }

  /** SAM joins maps of {@code Globals} and of a function. */
  private static Map<String, String> variables(
      Map<String, Object> defaults, Map<String, Object> own, String name) {
    Map<String, String> all = new HashMap<>();
    putVariables(all, defaults, "Globals");
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
