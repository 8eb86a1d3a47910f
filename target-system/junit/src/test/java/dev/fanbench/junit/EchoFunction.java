package dev.fanbench.junit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Posts each message to its sender, with a prefix. */
public final class EchoFunction implements RequestHandler<EchoFunction.Event, EchoFunction.Answer> {
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "local"));

  private final ApiGatewayManagementApiClient connections;
  private final String prefix;

  /** The fields of an event that the function uses. */
  public record Event(RequestContext requestContext, String body) {}

  /** The sender and the route. */
  public record RequestContext(String connectionId, String routeKey) {}

  /** The answer for the sender. */
  public record Answer(int statusCode, String body) {}

  EchoFunction(FunctionEnvironment environment) {
    prefix = environment.variables().getOrDefault("PREFIX", "");
    connections =
        ApiGatewayManagementApiClient.builder()
            .endpointOverride(environment.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .overrideConfiguration(
                configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(1)))
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build();
  }

  @Override
  public Answer handleRequest(Event event, Context context) {
    if (event.requestContext().routeKey().startsWith("$")) {
      return new Answer(200, "");
    }
    try {
      connections.postToConnection(
          post ->
              post.connectionId(event.requestContext().connectionId())
                  .data(SdkBytes.fromUtf8String(prefix + event.body())));
      return new Answer(200, "posted");
    } catch (GoneException gone) {
      return new Answer(200, "410");
    } catch (LimitExceededException throttled) {
      return new Answer(200, "429");
    }
  }

  /** The tables of a store, in brackets. */
  static String tables(URI store) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(store)
            .region(Region.US_EAST_1)
            .credentialsProvider(CREDENTIALS)
            .httpClientBuilder(AwsCrtHttpClient.builder())
            .build()) {
      return client.listTables().tableNames().toString();
    }
  }

  static Map<String, Object> ok(Map<String, Object> event) {
    return Map.of("statusCode", 200, "body", String.valueOf(event.get("body")));
  }
}
