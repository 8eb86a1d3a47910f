package dev.fanbench.emulator.template;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The parts of {@code template.yaml} that the emulator uses.
 *
 * @param region the region of the deployment
 * @param apiId the API's logical name
 * @param stage the last part of the API's address
 * @param stageVariables the variables of the stage
 * @param routeSelection the expression that picks a message's route, such as {@code
 *     $request.body.action}
 * @param routes by route key
 * @param authorizer the function that decides about connects; empty if there is none
 * @param signedConnects whether handshakes must be signed, as with {@code AWS_IAM}
 * @param functions by logical name
 * @param tables in the order of the file
 * @param outputs the values of {@code Outputs}
 * @param localHttp the handler that serves its HTTP endpoint on this machine
 * @param unread resource types and properties that have no effect on this machine, such as {@code
 *     ApiGatewayV2::Route.OperationName}
 */
public record Template(
    String region,
    String apiId,
    String stage,
    Map<String, String> stageVariables,
    String routeSelection,
    Map<String, EmulatorRoute> routes,
    Optional<AuthorizerDefinition> authorizer,
    boolean signedConnects,
    Map<String, FunctionDefinition> functions,
    List<TableDefinition> tables,
    Map<String, String> outputs,
    Optional<LocalHttp> localHttp,
    List<String> unread) {

  private static final String STAGE = "StageName";
  private static final String RESOURCE = "/template.yaml";

  /** The name that policies know {@code $connect} by. */
  public String connectArn() {
    return "arn:aws:execute-api:%s:%s:%s/%s/$connect"
        .formatted(region, ReferenceTable.ACCOUNT, apiId.toLowerCase(Locale.ROOT), stage);
  }

  /** The template that the emulator is built with: the very file that AWS deploys. */
  public static String builtIn() {
    try (InputStream in = Template.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new TemplateException("template.yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new TemplateException("template.yaml cannot be read: " + unreadable.getMessage());
    }
  }

  /** The same with other functions of the same names. */
  public Template withFunctions(UnaryOperator<FunctionDefinition> change) {
    Map<String, FunctionDefinition> changed = new LinkedHashMap<>();
    functions.forEach((name, function) -> changed.put(name, change.apply(function)));
    return new Template(
        region,
        apiId,
        stage,
        stageVariables,
        routeSelection,
        routes,
        authorizer,
        signedConnects,
        changed,
        tables,
        outputs,
        localHttp,
        unread);
  }

  /** Whether anything stands behind a route by HTTP. */
  public boolean callsHttp() {
    return routes.values().stream()
        .map(EmulatorRoute::integration)
        .anyMatch(
            integration ->
                integration instanceof Integration.HttpProxy
                    || integration instanceof Integration.Http);
  }

  /** Whether a function is given the address of a Redis. */
  public boolean usesRedis() {
    return functions.values().stream()
        .flatMap(function -> function.variables().values().stream())
        .anyMatch(Template::isRedisAddress);
  }

  /** Whether a variable's value is the address of a Redis. */
  public static boolean isRedisAddress(String value) {
    return value.startsWith("redis://") || value.startsWith("rediss://");
  }

  /**
   * Reads a template.
   *
   * @param parameters values for some of its parameters; the others have their defaults
   * @throws TemplateException naming what is missing, unknown or of the wrong kind
   */
  public static Template parse(String yaml, String region, Map<String, String> parameters) {
    return parse(yaml, Optional.empty(), region, parameters, LocalSecretStore.none());
  }

  /**
   * Reads a template.
   *
   * @param parameters values for some of its parameters; the others have their defaults
   * @param secrets what its dynamic references get
   * @throws TemplateException naming what is missing, unknown or of the wrong kind
   */
  public static Template parse(
      String yaml, String region, Map<String, String> parameters, LocalSecretStore secrets) {
    return parse(yaml, Optional.empty(), region, parameters, secrets);
  }

  /**
   * Reads one API of a template, or of a {@code serverless.yml}.
   *
   * @param api the logical name of the API; needed when the template has several
   * @param parameters values for some of its parameters; the others have their defaults. Those of a
   *     {@code serverless.yml} are the values of its <code>${opt:…}</code>.
   * @param secrets what its dynamic references get
   * @throws TemplateException naming what is missing, unknown or of the wrong kind
   */
  public static Template parse(
      String yaml,
      Optional<String> api,
      String region,
      Map<String, String> parameters,
      LocalSecretStore secrets) {
    Map<String, Object> root = TemplateYaml.parse(yaml);
    if (!ServerlessYaml.is(root)) {
      return new TemplateReader(root, api, region, parameters, secrets).read();
    }
    ServerlessYaml file =
        new ServerlessYaml(
            new ServerlessVariableResolver(root, options(parameters), System::getenv).resolve());
    TemplateReader reader = new TemplateReader(file.template(), api, region, Map.of(), secrets);
    reader.addUnread(file.unread());
    return reader.read();
  }

  /** The stage has an option of its own, which templates know as a parameter. */
  private static Map<String, String> options(Map<String, String> parameters) {
    Map<String, String> options = new HashMap<>(parameters);
    if (parameters.containsKey(STAGE)) {
      options.put("stage", parameters.get(STAGE));
    }
    return options;
  }

  /**
   * The server of a template's HTTP endpoint on this machine, without reading the rest of it.
   *
   * @throws TemplateException if it is no YAML, or the server lacks something
   */
  public static Optional<LocalHttp> localHttp(String yaml) {
    return TemplateReader.localHttp(TemplateYaml.parse(yaml));
  }
}
