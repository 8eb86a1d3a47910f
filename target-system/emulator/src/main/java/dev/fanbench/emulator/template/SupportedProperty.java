package dev.fanbench.emulator.template;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The properties that the emulator honours, for each type of resource that it reads, and those that
 * change nothing on one machine. It refuses every other one, so that no property passes in silence:
 * one that this list lacks would work on AWS and do nothing here.
 *
 * <p>Names are CloudFormation's and SAM's of November 2026.
 */
final class SupportedProperty {

  /** The ways in which the emulator treats a property. */
  enum Treatment {
    HONOURED,

    /** Read only to refuse every other value. */
    ONE_VALUE,

    /** It changes nothing on one machine, and the start lists it. */
    WITHOUT_EFFECT,

    /** The start ends with a sentence. */
    REFUSED
  }

  /** Beside properties, these change nothing on one machine. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "Metadata",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "CreationPolicy",
          "UpdatePolicy");

  /** Types of these services are refused unless they are listed: the emulator stands for them. */
  private static final Pattern EMULATED =
      Pattern.compile("AWS::(ApiGatewayV2|Serverless|DynamoDB)::.*");

  private static final Set<String> UNREAD_TYPES =
      Set.of(
          "AWS::ApiGatewayV2::ApiMapping",
          "AWS::ApiGatewayV2::Deployment",
          "AWS::ApiGatewayV2::DomainName",
          "AWS::ApiGatewayV2::Model",
          "AWS::ApiGatewayV2::VpcLink",
          "AWS::Serverless::Api",
          "AWS::Serverless::Connector",
          "AWS::Serverless::GraphQLApi",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::StateMachine");

  private static final Map<String, SupportedProperty> BY_TYPE =
      Map.ofEntries(
          entry(
              "AWS::ApiGatewayV2::Api",
              honoured("ProtocolType RouteSelectionExpression")
                  .unread("Name Description Tags Version IpAddressType FailOnWarnings")
                  .unread("ApiKeySelectionExpression DisableSchemaValidation")
                  .only("ProtocolType", "WEBSOCKET")
                  .only("DisableExecuteApiEndpoint", "false")),
          entry(
              "AWS::ApiGatewayV2::Stage",
              honoured("ApiId StageName StageVariables RouteSettings DefaultRouteSettings")
                  .unread("DeploymentId AutoDeploy Description Tags AccessLogSettings")),
          entry(
              "AWS::ApiGatewayV2::Route",
              honoured("ApiId RouteKey Target AuthorizationType AuthorizerId")
                  .unread("OperationName")
                  .only("RouteResponseSelectionExpression", "$default")
                  .only("ApiKeyRequired", "false")),
          entry(
              "AWS::ApiGatewayV2::RouteResponse",
              honoured("ApiId RouteId").only("RouteResponseKey", "$default")),
          entry(
              "AWS::ApiGatewayV2::Integration",
              honoured("ApiId IntegrationType IntegrationUri IntegrationMethod TimeoutInMillis")
                  .also("RequestParameters RequestTemplates TemplateSelectionExpression")
                  .also("PassthroughBehavior ContentHandlingStrategy")
                  .unread("Description CredentialsArn")
                  .only("ConnectionType", "INTERNET")
                  .only("PayloadFormatVersion", "1.0")),
          entry(
              "AWS::ApiGatewayV2::IntegrationResponse",
              honoured("ApiId IntegrationId ResponseTemplates TemplateSelectionExpression")
                  .also("ContentHandlingStrategy")
                  .only("IntegrationResponseKey", "$default")),
          entry(
              "AWS::ApiGatewayV2::Authorizer",
              honoured("ApiId AuthorizerUri IdentitySource")
                  .unread("Name AuthorizerCredentialsArn")
                  .only("AuthorizerType", "REQUEST")
                  .only("AuthorizerResultTtlInSeconds", "0")
                  .only("AuthorizerPayloadFormatVersion", "1.0")
                  .only("EnableSimpleResponses", "false")),
          entry(
              "AWS::Serverless::Function",
              honoured("Handler MemorySize Timeout Environment CodeUri InlineCode Runtime Layers")
                  .also("AutoPublishAlias FunctionName ReservedConcurrentExecutions")
                  .unread("Architectures Description Tags PropagateTags")
                  .unread("Policies Role RolePath PermissionsBoundary AssumeRolePolicyDocument")
                  .unread("VpcConfig KmsKeyArn CodeSigningConfigArn Tracing LoggingConfig")
                  .unread("Events DeploymentPreference VersionDescription SnapStart")
                  .unread("RuntimeManagementConfig EphemeralStorage DeadLetterQueue")
                  .unread("ProvisionedConcurrencyConfig EventInvokeConfig FunctionUrlConfig")
                  .only("PackageType", "Zip")),
          entry(
              "AWS::Serverless::LayerVersion",
              honoured("ContentUri")
                  .unread("LayerName Description CompatibleRuntimes CompatibleArchitectures")
                  .unread("LicenseInfo RetentionPolicy")),
          entry(
              "AWS::DynamoDB::Table",
              honoured("TableName AttributeDefinitions KeySchema TimeToLiveSpecification")
                  .also("BillingMode ProvisionedThroughput")
                  .also("GlobalSecondaryIndexes LocalSecondaryIndexes")
                  .unread("PointInTimeRecoverySpecification SSESpecification TableClass Tags")
                  .unread("DeletionProtectionEnabled ContributorInsightsSpecification")
                  .unread(
                      "OnDemandThroughput WarmThroughput ResourcePolicy StreamSpecification KinesisStreamSpecification")),
          entry(
              "AWS::DynamoDB::GlobalTable",
              honoured("TableName AttributeDefinitions KeySchema TimeToLiveSpecification")
                  .also("GlobalSecondaryIndexes LocalSecondaryIndexes")
                  .unread("Replicas SSESpecification StreamSpecification WarmThroughput")
                  .unread("WriteOnDemandThroughputSettings")
                  .only("BillingMode", "PAY_PER_REQUEST")),
          entry(
              "AWS::Serverless::WebSocketApi",
              honoured("Routes RouteSelectionExpression StageName StageVariables Auth")
                  .also("RouteSettings DefaultRouteSettings DisableExecuteApiEndpoint")
                  .unread(
                      "Name Description Tags PropagateTags Domain AccessLogSettings IpAddressType")
                  .unread("ApiKeySelectionExpression DisableSchemaValidation FailOnWarnings")),
          entry(
              "AWS::Serverless::SimpleTable",
              honoured("PrimaryKey ProvisionedThroughput TableName")
                  .unread("SSESpecification PointInTimeRecoverySpecification Tags")),
          entry(
              "AWS::Lambda::Function",
              honoured("Handler MemorySize Timeout Environment Code Runtime Layers")
                  .also("FunctionName ReservedConcurrentExecutions")
                  .unread("Architectures Description Tags Role VpcConfig KmsKeyArn")
                  .unread("CodeSigningConfigArn TracingConfig LoggingConfig SnapStart")
                  .unread("RuntimeManagementConfig EphemeralStorage DeadLetterConfig")
                  .unread("RecursiveLoop")
                  .only("PackageType", "Zip")),
          entry(
              "AWS::Lambda::LayerVersion",
              honoured("Content")
                  .unread("LayerName Description CompatibleRuntimes CompatibleArchitectures")
                  .unread("LicenseInfo")),
          entry(
              "AWS::Lambda::Alias",
              honoured("FunctionName Name")
                  .unread("FunctionVersion Description ProvisionedConcurrencyConfig")),
          entry(
              "AWS::Lambda::Version",
              honoured("FunctionName")
                  .unread("CodeSha256 Description ProvisionedConcurrencyConfig RuntimePolicy")));

  private final Set<String> honoured = new TreeSet<>();
  private final Set<String> unread = new TreeSet<>();
  private final Map<String, String> only = new TreeMap<>();

  private SupportedProperty() {}

  private static SupportedProperty honoured(String names) {
    return new SupportedProperty().also(names);
  }

  private SupportedProperty also(String names) {
    honoured.addAll(words(names));
    return this;
  }

  private SupportedProperty unread(String names) {
    unread.addAll(words(names));
    return this;
  }

  /** A property that may have one value, for which it need not be read. */
  private SupportedProperty only(String name, String value) {
    only.put(name, value);
    return this;
  }

  private static List<String> words(String names) {
    return Arrays.asList(names.split(" "));
  }

  /**
   * Checks one resource, references resolved.
   *
   * @return the types and properties of it that change nothing here, such as {@code
   *     ApiGatewayV2::Route.OperationName}
   * @throws TemplateException naming one that the emulator does not have
   */
  static List<String> check(String name, Map<String, Object> resource) {
    String type = TemplateNode.text(resource, "Type", name);
    SupportedProperty supported = BY_TYPE.get(type);
    if (supported == null) {
      if (isRefused(type)) {
        throw new TemplateException(
            "%s is of type %s, which the emulator does not have; it has %s"
                .formatted(name, type, String.join(", ", new TreeSet<>(BY_TYPE.keySet()))));
      }
      return List.of(shortened(type));
    }
    for (String attribute : resource.keySet()) {
      if (!ATTRIBUTES.contains(attribute)) {
        throw new TemplateException(
            "%s.%s is not supported; a resource has %s"
                .formatted(name, attribute, String.join(", ", new TreeSet<>(ATTRIBUTES))));
      }
    }
    return supported.unread(TemplateNode.mapIn(resource, "Properties", name), type, name);
  }

  /** Whether a property of a type of resources changes nothing here, so that it is not read. */
  static boolean isUnread(String type, String property) {
    return !BY_TYPE.containsKey(type) || BY_TYPE.get(type).unread.contains(property);
  }

  /** The treatment of a property of a type of resources. */
  static Treatment treatment(String type, String property) {
    SupportedProperty supported = BY_TYPE.get(type);
    if (supported != null) {
      return supported.treatment(property);
    }
    return isRefused(type) ? Treatment.REFUSED : Treatment.WITHOUT_EFFECT;
  }

  private Treatment treatment(String property) {
    if (only.containsKey(property)) {
      return Treatment.ONE_VALUE;
    }
    if (unread.contains(property)) {
      return Treatment.WITHOUT_EFFECT;
    }
    return honoured.contains(property) ? Treatment.HONOURED : Treatment.REFUSED;
  }

  private static boolean isRefused(String type) {
    return EMULATED.matcher(type).matches() && !UNREAD_TYPES.contains(type);
  }

  /** The one value that a property may have. */
  static String onlyValue(String type, String property) {
    return BY_TYPE.get(type).only.get(property);
  }

  /** Checks properties that stand for those of every resource of a type, as Globals have them. */
  static List<String> checkDefaults(String type, Map<String, Object> properties, String where) {
    return BY_TYPE.get(type).unread(properties, type, where);
  }

  private List<String> unread(Map<String, Object> properties, String type, String where) {
    List<String> found = new ArrayList<>();
    properties.forEach(
        (property, value) -> {
          switch (treatment(property)) {
            case HONOURED -> {}
            case ONE_VALUE -> requireOnly(property, value, where);
            case WITHOUT_EFFECT -> found.add(shortened(type) + "." + property);
            case REFUSED -> throw notSupported(property, type, where);
          }
        });
    return found;
  }

  private static TemplateException notSupported(String property, String type, String where) {
    return new TemplateException(
        "%s.%s is not supported; of %s the emulator has %s"
            .formatted(where, property, type, String.join(", ", names(type))));
  }

  /**
   * The properties of a type that are not refused; none of a type that the emulator does not read.
   */
  static Set<String> names(String type) {
    Set<String> all = new TreeSet<>();
    if (BY_TYPE.containsKey(type)) {
      all.addAll(BY_TYPE.get(type).honoured);
      all.addAll(BY_TYPE.get(type).unread);
      all.addAll(BY_TYPE.get(type).only.keySet());
    }
    return all;
  }

  private void requireOnly(String property, Object value, String where) {
    if (!only.get(property).equals(String.valueOf(value))) {
      throw new TemplateException(
          "%s.%s is %s; the emulator has %s only"
              .formatted(where, property, value, only.get(property)));
    }
  }

  private static String shortened(String type) {
    return type.replaceFirst("^AWS::", "");
  }
}
