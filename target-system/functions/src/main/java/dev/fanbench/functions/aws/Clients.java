package dev.fanbench.functions.aws;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The SDK's clients, for one execution environment. Endpoints, region and credentials are the SDK's
 * own business: it takes them from the variables that Lambda and {@code template.yaml} set.
 *
 * <p>HTTP clients were chosen by the CPU time of a call on loopback. For the table, one call at a
 * time: Apache 82 µs, CRT sync 134 µs, CRT async 176 µs, URLConnection 206 µs, Netty 222 µs. For
 * posts, 50 at a time: CRT async, at half of what a thread per post would cost on Apache.
 *
 * <p>Retries are pinned, because the SDK's defaults are about to change and a report must be able
 * to say what they were: "standard", at most 4 attempts for a post and 8 for the table.
 */
final class Clients {
  private static final int POST_ATTEMPTS = 4;
  private static final int TABLE_ATTEMPTS = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Clients() {}

  /**
   * A client of the table.
   *
   * @param connections kept-alive connections at most
   */
  static DynamoDbClient table(int connections) {
    return DynamoDbClient.builder()
        .httpClient(
            ApacheHttpClient.builder()
                .maxConnections(connections)
                .connectionTimeout(CONNECT_TIMEOUT)
                .build())
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(attempts(TABLE_ATTEMPTS)))
        .build();
  }

  /**
   * A client of {@code @connections}. Completions run on its own threads: a hand-over to the SDK's
   * pool would cost a context switch per post, and nothing of ours blocks there.
   *
   * @param connections kept-alive connections, and so posts in flight, at most
   */
  static ApiGatewayManagementApiAsyncClient posts(int connections) {
    return ApiGatewayManagementApiAsyncClient.builder()
        .httpClient(
            AwsCrtAsyncHttpClient.builder()
                .maxConcurrency(connections)
                .connectionTimeout(CONNECT_TIMEOUT)
                .build())
        .asyncConfiguration(
            configuration ->
                configuration.advancedOption(
                    SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run))
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(attempts(POST_ATTEMPTS)))
        .build();
  }

  private static RetryStrategy attempts(int most) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(most).build();
  }
}
