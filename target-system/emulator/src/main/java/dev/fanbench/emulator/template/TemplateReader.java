package dev.fanbench.emulator.template;

import java.util.ArrayList;
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
  private static final String FUNCTION = FunctionReader.FUNCTION;

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

  TemplateReader(
      Map<String, Object> root,
      String region,
      Map<String, String> given,
      LocalSecretStore secrets) {
    this.root = root;
    this.region = region;
    Map<String, Object> values =
        Parameters.values(TemplateNode.mapIn(root, "Parameters", "the template"), given);
    Map<String, Object> mappings = TemplateNode.mapIn(root, "Mappings", "the template");
    ReferenceTable parameters =
        new ReferenceTable(values, Set.of(), name -> false, mappings, region);
    Rules.check(TemplateNode.mapIn(root, "Rules", "the template"), parameters);
    this.conditions =
        new Conditions(TemplateNode.mapIn(root, "Conditions", "the template"), parameters);
    Map<String, Object> declared =
        new LinkedHashMap<>(TemplateNode.mapIn(root, "Resources", "the template"));
    declared
        .entrySet()
        .removeIf(
            entry -> !isCreated(TemplateNode.map(entry.getValue(), entry.getKey()), conditions));
    this.references =
        new ReferenceTable(values, declared.keySet(), conditions::holds, mappings, region);
    this.secretReferences = new DynamicReferenceResolver(secrets);
    declared.forEach(this::nameTable);
    declared.forEach(
        (name, resource) -> {
          resources.put(name, resolved(resource, name));
          unread.addAll(SupportedProperty.check(name, resources.get(name)));
        });
  }

  /** Tables may have names of their own, which references to them yield. */
  private void nameTable(String name, Object resource) {
    Map<String, Object> properties =
        TemplateNode.mapIn(TemplateNode.map(resource, name), "Properties", name);
    if (isTable(resource) && properties.containsKey("TableName")) {
      Map<String, Object> named =
          TemplateNode.map(
              references.resolve(Map.of("TableName", properties.get("TableName")), name), name);
      if (!named.isEmpty()) {
        references.name(name, TemplateNode.text(named, "TableName", name));
      }
    }
  }

  private static boolean isTable(Object resource) {
    return resource instanceof Map<?, ?> map && TABLE.equals(map.get("Type"));
  }

  private static boolean isCreated(Map<String, Object> resource, Conditions conditions) {
    return !resource.containsKey("Condition")
        || conditions.holds(resource.get("Condition").toString());
  }

  private Map<String, Object> resolved(Object node, String where) {
    return TemplateNode.map(
        secretReferences.resolve(references.resolve(node, where), where), where);
  }

  Template read() {
    String api = only("AWS::ApiGatewayV2::Api");
    String stageName = only("AWS::ApiGatewayV2::Stage");
    Map<String, Object> stage = properties(stageName);
    return new Template(
        region,
        api,
        TemplateNode.text(stage, "StageName", "the stage"),
        TemplateNode.texts(stage, "StageVariables", "the stage"),
        TemplateNode.text(properties(api), "RouteSelectionExpression", api),
        new RouteReader(resources, stageName, functionNames()).read(),
        authorizer(),
        guardedBy("AWS_IAM").isPresent(),
        functions(),
        tables(),
        outputs(),
        localHttp(root),
        List.copyOf(unread));
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

  private Set<String> functionNames() {
    return Set.copyOf(named(FUNCTION));
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
        FunctionUri.in(properties, "AuthorizerUri", name, functionNames()),
        TemplateNode.list(properties, "IdentitySource", name).stream()
            .map(source -> IdentitySource.parse(source.toString(), name))
            .toList());
  }

  private Map<String, FunctionDefinition> functions() {
    Map<String, Object> sections = TemplateNode.mapIn(root, "Globals", "the template");
    sections.keySet().stream()
        .filter(section -> !section.equals("Function"))
        .forEach(section -> unread.add("Globals." + section));
    Map<String, Object> globals =
        resolved(TemplateNode.mapIn(sections, "Function", "Globals"), "Globals.Function");
    unread.addAll(SupportedProperty.checkDefaults(FUNCTION, globals, "Globals.Function"));
    FunctionReader reader = new FunctionReader(resources, globals);
    Map<String, FunctionDefinition> functions = reader.read();
    unread.addAll(reader.unread());
    return functions;
  }

  private List<TableDefinition> tables() {
    List<TableDefinition> tables = new ArrayList<>();
    for (String name : named(TABLE)) {
      Map<String, Object> properties = properties(name);
      String physical = TemplateNode.text(properties, "TableName", name, name);
      Map<String, Object> creation = new LinkedHashMap<>(properties);
      creation.keySet().retainAll(FOR_CREATE_TABLE);
      creation.put("TableName", physical);
      tables.add(new TableDefinition(physical, creation, timeToLive(properties, name)));
    }
    return tables;
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
              if (isCreated(TemplateNode.map(output, name), conditions)) {
                outputs.put(
                    name,
                    TemplateNode.text(
                        TemplateNode.map(references.resolve(output, name), name), "Value", name));
              }
            });
    return outputs;
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
