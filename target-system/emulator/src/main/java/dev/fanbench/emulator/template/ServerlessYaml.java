package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A {@code serverless.yml} as the template that the Serverless Framework makes of it, under the
 * names that it gives to resources.
 */
final class ServerlessYaml {
  private static final String FILE = "serverless.yml";
  private static final String API = "WebsocketsApi";
  private static final String API_ID = "ApiId";
  private static final String SERVICE = "service";
  private static final String ENVIRONMENT = "environment";
  private static final String EVENTS = "events";
  private static final String PROVIDER = "provider";
  private static final String RESOURCES = "resources";
  private static final String DESCRIPTION = "Description";
  private static final String PACKAGE = "package";
  private static final String ARTIFACT = "artifact";
  private static final String HERE = ".";

  /** The framework's own defaults. */
  private static final int DEFAULT_SECONDS = 6;

  private static final int DEFAULT_MEGABYTES = 1_024;
  private static final List<String> DEFAULT_IDENTITY = List.of("route.request.header.Auth");

  private static final SupportedKey TOP =
      new SupportedKey("service provider functions resources custom package")
          .unread("plugins frameworkVersion configValidationMode useDotenv org app")
          .unread("variablesResolutionMode disabledDeprecations deprecationNotificationMode")
          .unread("console params stages outputs licenseKey");
  private static final SupportedKey OF_PROVIDER =
      new SupportedKey("name runtime stage environment timeout memorySize")
          .also("websocketsApiRouteSelectionExpression")
          .unread(
              "region profile iam iamRoleStatements iamManagedPolicies role logs tags stackTags")
          .unread(
              "stackName tracing deploymentBucket deploymentMethod versionFunctions architecture")
          .unread("lambdaHashingVersion logRetentionInDays httpApi apiGateway apiName endpointType")
          .unread("websocketsApiName websocketsDescription vpc stackPolicy runtimeManagement");
  private static final SupportedKey OF_FUNCTION =
      new SupportedKey("name handler runtime environment timeout memorySize events")
          .also("reservedConcurrency package")
          .unread("description role tags architecture tracing vpc logRetentionInDays")
          .unread("onError url maximumRetryAttempts maximumEventAge destinations snapStart")
          .unread("versionFunction iamRoleStatements iamRoleStatementsName condition dependsOn")
          .unread("ephemeralStorageSize runtimeManagement awsKmsKeyArn kmsKeyArn");
  private static final SupportedKey OF_PACKAGE =
      new SupportedKey("artifact individually")
          .unread("patterns include exclude excludeDevDependencies path");
  private static final SupportedKey OF_EVENT =
      new SupportedKey("route authorizer routeResponseSelectionExpression");
  private static final SupportedKey OF_AUTHORIZER = new SupportedKey("name arn identitySource");
  private static final SupportedKey OF_RESOURCES =
      new SupportedKey("Resources Outputs " + DESCRIPTION);

  private final Map<String, Object> root;
  private final ResourceCollector made = new ResourceCollector();
  private final SortedSet<String> unread = new TreeSet<>();

  /**
   * @param root the whole file, its variables resolved
   */
  ServerlessYaml(Map<String, Object> root) {
    this.root = root;
  }

  /** Whether a file is one of the Serverless Framework, and no template. */
  static boolean is(Map<String, Object> root) {
    return root.containsKey(SERVICE) && root.containsKey(PROVIDER);
  }

  /** Keys that change nothing here. Known after {@link #template}. */
  Set<String> unread() {
    return unread;
  }

  /** The template. */
  Map<String, Object> template() {
    unread.addAll(TOP.check(root, ""));
    Map<String, Object> provider = TemplateNode.mapIn(root, PROVIDER, FILE);
    unread.addAll(OF_PROVIDER.check(provider, PROVIDER));
    if (!TemplateNode.text(provider, "name", PROVIDER).equals("aws")) {
      throw new TemplateException(
          "provider.name is %s; the emulator has aws only".formatted(provider.get("name")));
    }
    Map<String, Object> functions = TemplateNode.mapIn(root, "functions", FILE);
    functions.forEach(
        (name, node) -> putFunction(name, TemplateNode.map(node, "functions." + name), provider));
    functions.forEach(
        (name, node) -> putEvents(name, TemplateNode.map(node, name), functions.keySet()));
    if (made.all().values().stream().noneMatch(each -> each.toString().contains("RouteKey"))) {
      throw new TemplateException("serverless.yml has no function with an event websocket");
    }
    put(
        API,
        PROVIDER,
        "ApiGatewayV2::Api",
        Map.of(
            "ProtocolType",
            "WEBSOCKET",
            "RouteSelectionExpression",
            TemplateNode.text(
                provider,
                "websocketsApiRouteSelectionExpression",
                PROVIDER,
                "$request.body.action")));
    put(
        "WebsocketsDeploymentStage",
        PROVIDER,
        "ApiGatewayV2::Stage",
        Map.of(API_ID, ref(API), "StageName", TemplateNode.text(provider, "stage", PROVIDER)));
    Map<String, Object> template = new LinkedHashMap<>();
    Map<String, Object> resources = new LinkedHashMap<>(made.all());
    putOwn(template, resources);
    template.put("Resources", resources);
    return template;
  }

  /** Adds {@code resources}, which is a map or a list of maps; it may replace what is made. */
  private void putOwn(Map<String, Object> template, Map<String, Object> resources) {
    Object own = root.get(RESOURCES) == null ? Map.of() : root.get(RESOURCES);
    for (Object part : own instanceof List<?> list ? list : List.of(own)) {
      Map<String, Object> map = TemplateNode.map(part, RESOURCES);
      unread.addAll(OF_RESOURCES.check(map, RESOURCES));
      resources.putAll(TemplateNode.mapIn(map, "Resources", RESOURCES));
      template.putAll(map);
    }
  }

  private void putFunction(
      String name, Map<String, Object> function, Map<String, Object> provider) {
    String where = "functions." + name;
    unread.addAll(OF_FUNCTION.check(function, where));
    Map<String, Object> variables =
        new LinkedHashMap<>(TemplateNode.mapIn(provider, ENVIRONMENT, PROVIDER));
    variables.putAll(TemplateNode.mapIn(function, ENVIRONMENT, where));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("FunctionName", functionName(name, function, provider));
    properties.put("Handler", TemplateNode.text(function, "handler", where));
    properties.put("Code", artifact(function, where));
    properties.put("Runtime", either(function, provider, "runtime", null));
    properties.put("Timeout", either(function, provider, "timeout", DEFAULT_SECONDS));
    properties.put("MemorySize", either(function, provider, "memorySize", DEFAULT_MEGABYTES));
    properties.put("Environment", Map.of("Variables", variables));
    if (function.containsKey("reservedConcurrency")) {
      properties.put("ReservedConcurrentExecutions", function.get("reservedConcurrency"));
    }
    if (properties.get("Runtime") == null) {
      throw new TemplateException(
          "%s.runtime and provider.runtime are missing; one of them is needed".formatted(where));
    }
    put(resource(name, "LambdaFunction", where), where, "Lambda::Function", properties);
  }

  /**
   * The archive of a function: its own, or else that of all functions which are not packaged alone.
   * Without one the code lies beside the file.
   */
  private Object artifact(Map<String, Object> function, String where) {
    Map<String, Object> own = TemplateNode.mapIn(function, PACKAGE, where);
    unread.addAll(OF_PACKAGE.check(own, where + "." + PACKAGE));
    Map<String, Object> common = TemplateNode.mapIn(root, PACKAGE, FILE);
    unread.addAll(OF_PACKAGE.check(common, PACKAGE));
    boolean alone = "true".equals(String.valueOf(own.get("individually")));
    Object shared = alone ? HERE : common.getOrDefault(ARTIFACT, HERE);
    return own.getOrDefault(ARTIFACT, shared);
  }

  /** The framework's own name of a function is made of those of its service and its stage. */
  private String functionName(
      String key, Map<String, Object> function, Map<String, Object> provider) {
    Map<String, Object> service =
        root.get(SERVICE) instanceof Map<?, ?> map ? TemplateNode.map(map, SERVICE) : root;
    String ofService = TemplateNode.text(service, service == root ? SERVICE : "name", SERVICE);
    String stage = TemplateNode.text(provider, "stage", PROVIDER);
    String standard = "%s-%s-%s".formatted(ofService, stage, key);
    return TemplateNode.text(function, "name", "functions." + key, standard);
  }

  private static Object either(
      Map<String, Object> function, Map<String, Object> provider, String key, Object otherwise) {
    return function.getOrDefault(key, provider.getOrDefault(key, otherwise));
  }

  private void putEvents(String name, Map<String, Object> function, Set<String> functions) {
    String where = "functions." + name + "." + EVENTS;
    for (Object node : TemplateNode.list(function, EVENTS, "functions." + name)) {
      Map<String, Object> event =
          node instanceof String text ? Map.of(text, Map.of()) : TemplateNode.map(node, where);
      event.forEach(
          (kind, value) -> {
            if (kind.equals("websocket")) {
              putRoute(name, value, functions);
            } else {
              unread.add(where + "." + kind);
            }
          });
    }
  }

  private void putRoute(String function, Object value, Set<String> functions) {
    String where = "functions." + function + ".events.websocket";
    Map<String, Object> event =
        value instanceof String route ? Map.of("route", route) : TemplateNode.map(value, where);
    unread.addAll(OF_EVENT.check(event, where));
    String key = TemplateNode.text(event, "route", where);
    String integration = resource(function, "WebsocketsIntegration", where);
    put(
        integration,
        "functions." + function,
        "ApiGatewayV2::Integration",
        Map.of(
            API_ID,
            ref(API),
            "IntegrationType",
            "AWS_PROXY",
            "IntegrationUri",
            SamExpander.uri(arn(function))));
    String origin = "route " + key;
    String route = resource(key.replace("$", "S"), "WebsocketsRoute", where + ".route");
    if (made.has(route, origin)) {
      throw new TemplateException("%s.route is %s, as of another event".formatted(where, key));
    }
    Map<String, Object> properties =
        new LinkedHashMap<>(
            Map.of(API_ID, ref(API), "RouteKey", key, "Target", "integrations/" + integration));
    if (event.containsKey("routeResponseSelectionExpression")) {
      properties.put(
          "RouteResponseSelectionExpression", event.get("routeResponseSelectionExpression"));
      put(
          route + "Response",
          origin,
          "ApiGatewayV2::RouteResponse",
          Map.of(API_ID, ref(API), "RouteId", ref(route), "RouteResponseKey", "$default"));
    }
    if (event.containsKey("authorizer")) {
      properties.putAll(authorization(event.get("authorizer"), where + ".authorizer", functions));
    }
    put(route, origin, "ApiGatewayV2::Route", properties);
  }

  private Map<String, Object> authorization(Object value, String where, Set<String> functions) {
    if (value instanceof String text && text.equalsIgnoreCase("aws_iam")) {
      return Map.of("AuthorizationType", "AWS_IAM");
    }
    Map<String, Object> authorizer =
        value instanceof String text
            ? Map.of(text.startsWith("arn:") ? "arn" : "name", text)
            : TemplateNode.map(value, where);
    unread.addAll(OF_AUTHORIZER.check(authorizer, where));
    String name = TemplateNode.text(authorizer, "name", where, "");
    Object arn = authorizer.get("arn");
    if (arn == null && !functions.contains(name)) {
      throw new TemplateException(
          "%s names no function: %s; allowed: %s"
              .formatted(where, name, String.join(", ", functions)));
    }
    String resource =
        name.isEmpty() ? "WebsocketsAuthorizer" : resource(name, "WebsocketsAuthorizer", where);
    put(
        resource,
        "authorizer " + (name.isEmpty() ? arn : name),
        "ApiGatewayV2::Authorizer",
        Map.of(
            API_ID,
            ref(API),
            "AuthorizerType",
            "REQUEST",
            "AuthorizerUri",
            SamExpander.uri(arn == null ? arn(name) : arn),
            "IdentitySource",
            identity(authorizer.get("identitySource"))));
    return Map.of("AuthorizationType", "CUSTOM", "AuthorizerId", ref(resource));
  }

  private static List<?> identity(Object source) {
    if (source == null) {
      return DEFAULT_IDENTITY;
    }
    return source instanceof List<?> several ? new ArrayList<>(several) : List.of(source);
  }

  private void put(String name, String origin, String type, Map<String, Object> properties) {
    made.put(name, origin, Map.of("Type", "AWS::" + type, "Properties", properties));
  }

  private static Map<String, Object> ref(String name) {
    return Map.of("Ref", name);
  }

  private static Map<String, Object> arn(String function) {
    return Map.of("Fn::GetAtt", List.of(resource(function, "LambdaFunction", "functions"), "Arn"));
  }

  /** The framework writes the first letter large, and the characters that names lack in letters. */
  private static String resource(String name, String suffix, String where) {
    String letters =
        name.replace("-", "Dash").replace("_", "Underscore").replaceAll("[^A-Za-z0-9]", "");
    if (letters.isEmpty()) {
      throw new TemplateException(
          "%s: the name of a resource is made of %s, which has no Latin letter and no digit"
              .formatted(where, name));
    }
    return letters.substring(0, 1).toUpperCase(Locale.ROOT) + letters.substring(1) + suffix;
  }
}
