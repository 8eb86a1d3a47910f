package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Walks through the resources of one template. */
final class TemplateReader {
  private static final String TABLE = "AWS::DynamoDB::Table";
  private static final String GLOBAL_TABLE = "AWS::DynamoDB::GlobalTable";
  private static final String FUNCTION = FunctionReader.FUNCTION;
  private static final String PROPERTIES = "Properties";
  private static final Set<String> GLOBALS = Set.of("Function", "WebSocketApi");

  /** Properties of a template that {@code CreateTable} takes unchanged. */
  private static final Set<String> FOR_CREATE_TABLE =
      Set.of(
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "GlobalSecondaryIndexes",
          "LocalSecondaryIndexes");

  private final Map<String, Object> root;
  private final String region;

  /** By logical name, with every reference resolved. */
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

  /** The authorization types of {@code $connect}: an authorizer, or a signature. */
  private static final Set<String> GUARDS = Set.of("CUSTOM", "AWS_IAM");

  private final Conditions conditions;
  private final ReferenceTable references;
  private final SortedSet<String> unread = new TreeSet<>();
  private final DynamicReferenceResolver secretReferences;

  /** Functions with a reference that the emulator does not have; an error once one is called. */
  private final Map<String, TemplateException> broken = new LinkedHashMap<>();

  /**
   * @param root the whole template
   * @param api the logical name of the API to read; needed when there are several
   * @param given values of parameters
   */
  TemplateReader(
      Map<String, Object> root,
      Optional<String> api,
      String region,
      Map<String, String> given,
      LocalSecretStore secrets) {
    this.root = root;
    this.region = region;
    Map<String, Object> values =
        Parameters.values(TemplateNode.mapIn(root, "Parameters", "the template"), given);
    Map<String, Object> mappings = TemplateNode.mapIn(root, "Mappings", "the template");
    ReferenceTable parameters =
        new ReferenceTable(values, Map.of(), name -> false, mappings, region);
    Rules.check(TemplateNode.mapIn(root, "Rules", "the template"), parameters);
    this.conditions =
        new Conditions(TemplateNode.mapIn(root, "Conditions", "the template"), parameters);
    Map<String, Object> created =
        new LinkedHashMap<>(TemplateNode.mapIn(root, "Resources", "the template"));
    created
        .entrySet()
        .removeIf(
            entry ->
                !isCreated(
                    TemplateNode.map(entry.getValue(), entry.getKey()),
                    entry.getKey(),
                    conditions));
    SamExpander sam = new SamExpander(TemplateNode.mapIn(root, "Globals", "the template"));
    Map<String, Object> declared = sam.expand(created);
    unread.addAll(sam.unread());
    this.references =
        new ReferenceTable(values, types(declared), conditions::holds, mappings, region);
    this.secretReferences = new DynamicReferenceResolver(secrets);
    new ResourceNaming(references).nameAll(declared, sam.stageNames());
    new ApiChoice(declared, references).only(api, unread).forEach(this::read);
  }

  private static Map<String, String> types(Map<String, Object> resources) {
    Map<String, String> types = new LinkedHashMap<>();
    resources.forEach(
        (name, node) -> types.put(name, String.valueOf(TemplateNode.map(node, name).get("Type"))));
    return types;
  }

  /** Adds to the properties that change nothing here. */
  void addUnread(Set<String> more) {
    unread.addAll(more);
  }

  private void read(String name, Object node) {
    Map<String, Object> resource = TemplateNode.map(node, name);
    try {
      Map<String, Object> resolved = resolvedResource(resource, name);
      FunctionReader.requireZip(resolved, name);
      resources.put(name, resolved);
      unread.addAll(SupportedProperty.check(name, resources.get(name)));
    } catch (TemplateException refused) {
      if (resources.containsKey(name) || !FunctionReader.isFunction(resource.get("Type"))) {
        throw refused;
      }
      references.check(resource.get(PROPERTIES), name);
      broken.put(name, refused);
    }
  }

  /** A resource of which only those properties are resolved that the emulator reads. */
  private Map<String, Object> resolvedResource(Map<String, Object> resource, String name) {
    String type = TemplateNode.text(resource, "Type", name);
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> read = new LinkedHashMap<>();
    TemplateNode.mapIn(resource, PROPERTIES, name)
        .forEach(
            (key, value) -> {
              String where = name + "." + PROPERTIES + "." + key;
              if (!SupportedProperty.isUnread(type, key)) {
                read.put(key, value);
              } else if (!references.isAbsent(value, where)) {
                references.check(value, where);
                properties.put(key, value);
              }
            });
    properties.putAll(resolved(read, name + "." + PROPERTIES));
    Map<String, Object> whole = new LinkedHashMap<>(resource);
    whole.put(PROPERTIES, properties);
    return whole;
  }

  private static boolean isCreated(
      Map<String, Object> resource, String name, Conditions conditions) {
    return !resource.containsKey("Condition")
        || conditions.holds(TemplateNode.text(resource, "Condition", name));
  }

  private Map<String, Object> resolved(Object node, String where) {
    return TemplateNode.map(
        secretReferences.resolve(references.resolve(node, where), where), where);
  }

  Template read() {
    String api = only("AWS::ApiGatewayV2::Api");
    String stageName = only("AWS::ApiGatewayV2::Stage");
    Map<String, Object> stage = properties(stageName);
    Map<String, EmulatorRoute> routes = new RouteReader(resources, stageName, directory()).read();
    Optional<AuthorizerDefinition> authorizer = authorizer();
    Set<String> called = new HashSet<>();
    routes.values().forEach(route -> route.integration().called().ifPresent(called::add));
    authorizer.ifPresent(definition -> called.add(definition.function()));
    Map<String, FunctionDefinition> functions = functions(called);
    Map<String, String> outputs = outputs();
    Template template =
        new Template(
            region,
            api,
            TemplateNode.text(stage, "StageName", "the stage"),
            TemplateNode.texts(stage, "StageVariables", "the stage"),
            TemplateNode.text(properties(api), "RouteSelectionExpression", api),
            routes,
            authorizer,
            guardedBy("AWS_IAM").isPresent(),
            functions,
            tables(),
            outputs,
            localHttp(root),
            List.copyOf(unread));
    requireDynamoDb(template);
    return template;
  }

  /**
   * One store is started, so a route into DynamoDB and functions with a Redis do not go together.
   */
  private static void requireDynamoDb(Template template) {
    template.routes().values().stream()
        .filter(
            route -> template.usesRedis() && route.integration() instanceof Integration.DynamoDb)
        .findFirst()
        .ifPresent(
            route -> {
              throw new TemplateException(
                  "route %s calls DynamoDB, but the functions have a Redis; the emulator has one store"
                      .formatted(route.key()));
            });
  }

  static Optional<LocalHttp> localHttp(Map<String, Object> root) {
    Map<String, Object> metadata = TemplateNode.mapIn(root, "Metadata", "the template");
    if (!metadata.containsKey("LocalHttp")) {
      return Optional.empty();
    }
    Map<String, Object> local = TemplateNode.mapIn(metadata, "LocalHttp", "Metadata");
    return Optional.of(
        new LocalHttp(
            TemplateNode.text(local, "Parameter", "LocalHttp"),
            TemplateNode.text(local, "Handler", "LocalHttp"),
            optional(local, "SecretParameter"),
            optional(local, "SecretVariable")));
  }

  private static Optional<String> optional(Map<String, Object> local, String key) {
    return Optional.of(TemplateNode.text(local, key, "LocalHttp", ""))
        .filter(text -> !text.isEmpty());
  }

  private FunctionDirectory directory() {
    Set<String> names = new TreeSet<>(broken.keySet());
    names.addAll(named(FUNCTION));
    names.addAll(named(FunctionReader.PLAIN));
    Map<String, String> physical = new LinkedHashMap<>();
    names.forEach(name -> physical.put(name, references.physicalName(name)));
    return new FunctionDirectory(physical);
  }

  /** The authorizer of {@code $connect}, the one route that may have one. */
  private Optional<AuthorizerDefinition> authorizer() {
    return guardedBy("CUSTOM")
        .map(
            route ->
                authorizer(TemplateNode.text(properties(route), "AuthorizerId", route), route));
  }

  /** The logical name of {@code $connect} if that is what guards it. */
  private Optional<String> guardedBy(String wanted) {
    Optional<String> guarded = Optional.empty();
    for (String name : named("AWS::ApiGatewayV2::Route")) {
      String type = TemplateNode.text(properties(name), "AuthorizationType", name, "NONE");
      boolean connect = TemplateNode.text(properties(name), "RouteKey", name).equals("$connect");
      if (!type.equals("NONE") && !(connect && GUARDS.contains(type))) {
        throw new TemplateException(
            "%s.AuthorizationType is %s; the emulator has CUSTOM or AWS_IAM for $connect, otherwise NONE"
                .formatted(name, type));
      }
      if (type.equals(wanted)) {
        guarded = Optional.of(name);
      }
    }
    return guarded;
  }

  private AuthorizerDefinition authorizer(String name, String where) {
    if (!named("AWS::ApiGatewayV2::Authorizer").contains(name)) {
      throw new TemplateException(where + ".AuthorizerId names no authorizer: " + name);
    }
    Map<String, Object> properties = properties(name);
    return new AuthorizerDefinition(
        FunctionUri.in(properties, "AuthorizerUri", name, directory()),
        TemplateNode.list(properties, "IdentitySource", name).stream()
            .map(source -> IdentitySource.parse(String.valueOf(source), name))
            .toList());
  }

  private Map<String, FunctionDefinition> functions(Set<String> called) {
    broken.forEach(
        (name, refused) -> {
          if (called.contains(name)) {
            throw refused;
          }
          unread.add(FunctionReader.uncalled(name, refused));
        });
    Map<String, Object> sections = TemplateNode.mapIn(root, "Globals", "the template");
    sections.keySet().stream()
        .filter(section -> !GLOBALS.contains(section))
        .forEach(section -> unread.add("Globals." + section));
    Map<String, Object> globals =
        resolved(TemplateNode.mapIn(sections, "Function", "Globals"), "Globals.Function");
    unread.addAll(SupportedProperty.checkDefaults(FUNCTION, globals, "Globals.Function"));
    FunctionReader reader = new FunctionReader(resources, globals, references);
    Map<String, FunctionDefinition> functions = reader.read(called);
    unread.addAll(reader.unread());
    return functions;
  }

  private List<TableDefinition> tables() {
    List<TableDefinition> tables = new ArrayList<>();
    List<String> names = new ArrayList<>(named(TABLE));
    names.addAll(named(GLOBAL_TABLE));
    for (String name : names) {
      Map<String, Object> properties = properties(name);
      requireTexts(properties, "AttributeDefinitions", name);
      requireTexts(properties, "KeySchema", name);
      String physical = TemplateNode.text(properties, "TableName", name, name);
      Map<String, Object> creation = new LinkedHashMap<>(properties);
      creation.keySet().retainAll(FOR_CREATE_TABLE);
      creation.put("TableName", physical);
      tables.add(new TableDefinition(physical, creation, timeToLive(properties, name)));
    }
    return tables;
  }

  /** Refuses parts of another shape, of which the store would say only that it failed. */
  private static void requireTexts(Map<String, Object> properties, String key, String name) {
    String where = name + "." + key;
    for (Object node : TemplateNode.list(properties, key, name)) {
      Map<String, Object> part = TemplateNode.map(node, where);
      part.keySet().forEach(each -> TemplateNode.text(part, each, where));
    }
  }

  private static Optional<String> timeToLive(Map<String, Object> properties, String name) {
    Map<String, Object> specification =
        TemplateNode.mapIn(properties, "TimeToLiveSpecification", name);
    return Optional.ofNullable(specification.get("AttributeName"))
        .filter(attribute -> String.valueOf(specification.get("Enabled")).equals("true"))
        .map(Object::toString);
  }

  private Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    TemplateNode.mapIn(root, "Outputs", "the template")
        .forEach(
            (name, output) -> {
              Map<String, Object> declared = TemplateNode.map(output, name);
              if (isCreated(declared, name, conditions)) {
                references.check(declared.get("Value"), name);
                putOutput(outputs, name, declared.get("Value"));
              }
            });
    return outputs;
  }

  /** Nothing here needs an output, so one that cannot be had stops nothing. */
  private void putOutput(Map<String, String> outputs, String name, Object value) {
    try {
      outputs.put(name, String.valueOf(references.resolve(value, name)));
    } catch (TemplateException unknown) {
      unread.add("Outputs." + unknown.getMessage());
    }
  }

  private Map<String, Object> properties(String name) {
    return TemplateNode.mapIn(resources.get(name), "Properties", name);
  }

  private List<String> named(String type) {
    return named(resources, type);
  }

  /** The logical names of all resources of a type. */
  static List<String> named(Map<String, Map<String, Object>> resources, String type) {
    return resources.entrySet().stream()
        .filter(resource -> type.equals(resource.getValue().get("Type")))
        .map(Map.Entry::getKey)
        .toList();
  }

  private String only(String type) {
    List<String> names = named(type);
    if (names.size() != 1) {
      throw new TemplateException("there must be one %s, but there are %s".formatted(type, names));
    }
    return names.get(0);
  }
}
