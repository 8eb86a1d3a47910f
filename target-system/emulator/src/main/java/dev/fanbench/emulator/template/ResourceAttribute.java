package dev.fanbench.emulator.template;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeSet;

/**
 * Attributes of resources that {@code Fn::GetAtt} yields, by type. Values have the form that they
 * have on AWS, made of the resource's name.
 */
final class ResourceAttribute {
  private static final String ARN = "Arn";
  private static final String NAME = "NAME";
  private static final String REGION = "REGION";
  private static final String ACCOUNT = "ACCOUNT";

  private static final Map<String, String> TABLE =
      Map.of(
          ARN,
          "arn:aws:dynamodb:REGION:ACCOUNT:table/NAME",
          "StreamArn",
          "arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/2026-01-01T00:00:00.000");
  private static final Map<String, String> FUNCTION =
      Map.of(ARN, "arn:aws:lambda:REGION:ACCOUNT:function:NAME");
  private static final Map<String, String> LAYER = Map.of("LayerVersionArn", NAME);
  private static final Map<String, String> STATE_MACHINE =
      Map.of(ARN, "arn:aws:states:REGION:ACCOUNT:stateMachine:NAME", "Name", NAME);

  /** Addresses of caches: the emulator puts its own in the place of one that is for Redis. */
  private static final Map<String, String> CACHE =
      Map.of(
          "PrimaryEndPoint.Address", "NAME.PrimaryEndPoint.Address",
          "PrimaryEndPoint.Port", "NAME.PrimaryEndPoint.Port",
          "ConfigurationEndPoint.Address", "NAME.ConfigurationEndPoint.Address",
          "ConfigurationEndPoint.Port", "NAME.ConfigurationEndPoint.Port",
          "RedisEndpoint.Address", "NAME.RedisEndpoint.Address",
          "RedisEndpoint.Port", "NAME.RedisEndpoint.Port",
          "Endpoint.Address", "NAME.Endpoint.Address",
          "Endpoint.Port", "NAME.Endpoint.Port");

  private static final Map<String, Map<String, String>> BY_TYPE =
      Map.ofEntries(
          entry(
              "AWS::ApiGatewayV2::Api",
              Map.of("ApiEndpoint", "wss://NAME.execute-api.REGION.amazonaws.com", "ApiId", NAME)),
          entry(
              "AWS::Cognito::UserPool",
              Map.of(
                  ARN,
                  "arn:aws:cognito-idp:REGION:ACCOUNT:userpool/NAME",
                  "ProviderName",
                  "cognito-idp.REGION.amazonaws.com/NAME")),
          entry("AWS::DynamoDB::GlobalTable", TABLE),
          entry("AWS::DynamoDB::Table", TABLE),
          entry("AWS::ElastiCache::CacheCluster", CACHE),
          entry("AWS::ElastiCache::ReplicationGroup", CACHE),
          entry("AWS::ElastiCache::ServerlessCache", CACHE),
          entry(
              "AWS::Events::EventBus",
              Map.of(ARN, "arn:aws:events:REGION:ACCOUNT:event-bus/NAME", "Name", NAME)),
          entry("AWS::IAM::Role", Map.of(ARN, "arn:aws:iam::ACCOUNT:role/NAME")),
          entry("AWS::KMS::Key", Map.of(ARN, "arn:aws:kms:REGION:ACCOUNT:key/NAME")),
          entry("AWS::Kinesis::Stream", Map.of(ARN, "arn:aws:kinesis:REGION:ACCOUNT:stream/NAME")),
          entry("AWS::Lambda::Function", FUNCTION),
          entry("AWS::Lambda::LayerVersion", LAYER),
          entry("AWS::Logs::LogGroup", Map.of(ARN, "arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*")),
          entry(
              "AWS::S3::Bucket",
              Map.of(
                  ARN,
                  "arn:aws:s3:::NAME",
                  "DomainName",
                  "NAME.s3.amazonaws.com",
                  "RegionalDomainName",
                  "NAME.s3.REGION.amazonaws.com")),
          entry(
              "AWS::SNS::Topic",
              Map.of("TopicArn", "arn:aws:sns:REGION:ACCOUNT:NAME", "TopicName", NAME)),
          entry(
              "AWS::SQS::Queue",
              Map.of(
                  ARN,
                  "arn:aws:sqs:REGION:ACCOUNT:NAME",
                  "QueueName",
                  NAME,
                  "QueueUrl",
                  "https://sqs.REGION.amazonaws.com/ACCOUNT/NAME")),
          entry("AWS::Serverless::Function", FUNCTION),
          entry("AWS::Serverless::LayerVersion", LAYER),
          entry("AWS::Serverless::StateMachine", STATE_MACHINE),
          entry("AWS::StepFunctions::StateMachine", STATE_MACHINE));

  /** Attributes that {@code Ref} yields too; of every other type it yields the name. */
  private static final Map<String, String> REFERENCES =
      Map.of(
          "AWS::SNS::Topic",
          "TopicArn",
          "AWS::SQS::Queue",
          "QueueUrl",
          "AWS::Serverless::StateMachine",
          ARN,
          "AWS::StepFunctions::StateMachine",
          ARN);

  private ResourceAttribute() {}

  /** The value of a {@code Ref} to a resource of this type and physical name. */
  static String reference(String type, String physical, String region) {
    return REFERENCES.containsKey(type)
        ? filled(BY_TYPE.get(type).get(REFERENCES.get(type)), physical, region)
        : physical;
  }

  private static String filled(String pattern, String physical, String region) {
    return pattern
        .replace(REGION, region)
        .replace(ACCOUNT, ReferenceTable.ACCOUNT)
        .replace(NAME, physical);
  }

  /**
   * The value of an attribute.
   *
   * @param resource its logical name
   * @param physical its physical name
   * @param where the place of the reference, for the message
   * @throws TemplateException naming the attributes that there are
   */
  static String value(
      String type,
      String attribute,
      String resource,
      String physical,
      String region,
      String where) {
    Map<String, String> known = BY_TYPE.getOrDefault(type, Map.of());
    if (!known.containsKey(attribute)) {
      throw new TemplateException(
          "%s takes %s of %s, a resource of type %s; of those the emulator has %s"
              .formatted(
                  where,
                  attribute,
                  resource,
                  type,
                  known.isEmpty()
                      ? "no attribute"
                      : String.join(", ", new TreeSet<>(known.keySet()))));
    }
    return filled(known.get(attribute), physical, region);
  }
}
