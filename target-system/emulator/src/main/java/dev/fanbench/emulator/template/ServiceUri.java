package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The URI of an integration that calls AWS.
 *
 * @param service as ARNs name it, such as {@code dynamodb}
 * @param call the rest of the URI, such as {@code action/PutItem}
 */
record ServiceUri(String service, String call) {
  /** Actions of DynamoDB that read and write items. */
  private static final Set<String> ITEM_ACTIONS =
      Set.of(
          "BatchGetItem",
          "BatchWriteItem",
          "DeleteItem",
          "GetItem",
          "PutItem",
          "Query",
          "Scan",
          "TransactGetItems",
          "TransactWriteItems",
          "UpdateItem");

  private static final Pattern PATTERN =
      Pattern.compile("arn:[^:]*:apigateway:[^:]*:([^:]+):((?:action|path)/.*)");

  private static final String DYNAMODB = "dynamodb";
  private static final String ACTION = "action/";

  private static final Map<String, String> NAMES =
      Map.of(
          DYNAMODB,
          "DynamoDB",
          "events",
          "EventBridge",
          "firehose",
          "Firehose",
          "kinesis",
          "Kinesis",
          "s3",
          "S3",
          "sns",
          "SNS",
          "sqs",
          "SQS",
          "states",
          "Step Functions");

  /** The service and its call, if a URI names those. */
  static Optional<ServiceUri> in(String uri) {
    Matcher matcher = PATTERN.matcher(uri);
    return matcher.matches()
        ? Optional.of(new ServiceUri(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  boolean isDynamoDb() {
    return service.equals(DYNAMODB);
  }

  /**
   * The action of DynamoDB.
   *
   * @param where route and property, for the message
   * @throws TemplateException if it is none on items
   */
  String itemAction(String where) {
    String action = call.startsWith(ACTION) ? call.substring(ACTION.length()) : "";
    if (!ITEM_ACTIONS.contains(action)) {
      throw refusal(where);
    }
    return action;
  }

  /** The sentence for a call that the emulator does not have. */
  TemplateException refusal(String where) {
    return new TemplateException(
        "%s calls %s (%s); of AWS the emulator has Lambda functions, and of DynamoDB the actions %s"
            .formatted(
                where,
                NAMES.getOrDefault(service, service),
                call,
                String.join(", ", new TreeSet<>(ITEM_ACTIONS))));
  }

  /** Whether it is a call that an integration of type {@code AWS} may make here. */
  boolean isLambda() {
    return service.equals("lambda");
  }
}
