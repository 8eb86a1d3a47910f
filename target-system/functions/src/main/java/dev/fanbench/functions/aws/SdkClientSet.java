package dev.fanbench.functions.aws;

import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.Variant;
import dev.fanbench.transport.LeanHttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientAsyncConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * The AWS SDK clients of one execution environment. The SDK reads endpoints, region and credentials
 * from the variables that Lambda and {@code template.yaml} set, once for each environment.
 *
 * <p>Retries are pinned because the SDK's defaults will change and a report must name the values.
 * The mode is "standard", with at most 4 attempts for a post and 8 for the table.
 *
 * <p>All clients share one thread for retries and timeouts. By default each client would start up
 * to five threads.
 *
 * <p>Completions run on the HTTP client's own threads. A hand-over to the SDK's pool would cost a
 * context switch per post; nothing here blocks, so there is nothing to protect those threads from.
 */
final class SdkClientSet implements AutoCloseable {
  private static final int POST_ATTEMPTS = 4;
  private static final int TABLE_ATTEMPTS = 8;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Variant.HttpClient kind;
  private final SdkAsyncHttpClient http;
  private final AwsCredentialsProvider credentials = CredentialSource.provider();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          new ThreadFactoryBuilder().daemonThreads(true).threadNamePrefix("sdk-later").build());
  private final List<SdkAutoCloseable> opened = new ArrayList<>();

  /**
   * @param connections kept-alive connections to each of the two services at most
   */
  SdkClientSet(Variant.HttpClient kind, int connections) {
    this.kind = kind;
    http = http(kind, connections);
  }

  /** The clients of a function that posts, with a connection for each post in flight. */
  static SdkClientSet forPosts(DeploymentSettings settings) {
    return new SdkClientSet(settings.variant().http(), settings.postConcurrency());
  }

  private static SdkAsyncHttpClient http(Variant.HttpClient kind, int connections) {
    return switch (kind) {
      case LEAN ->
          LeanHttpClient.builder()
              .maxConnections(connections)
              .connectTimeout(CONNECT_TIMEOUT)
              .build();
      case CRT ->
          AwsCrtAsyncHttpClient.builder()
              .maxConcurrency(connections)
              .connectionTimeout(CONNECT_TIMEOUT)
              .build();
    };
  }

  DynamoDbAsyncClient table() {
    return opened(
        DynamoDbAsyncClient.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .asyncConfiguration(SdkClientSet::completeInPlace)
            .overrideConfiguration(configuration -> configure(configuration, TABLE_ATTEMPTS))
            .build());
  }

  /** With AWS's HTTP client the SDK signs as well, so that all that sends a post is AWS's own. */
  ApiGatewayManagementApiAsyncClient posts() {
    ApiGatewayManagementApiAsyncClientBuilder posts =
        ApiGatewayManagementApiAsyncClient.builder()
            .endpointProvider(new FixedEndpoint())
            .httpClient(http)
            .credentialsProvider(credentials)
            .asyncConfiguration(SdkClientSet::completeInPlace)
            .overrideConfiguration(configuration -> configure(configuration, POST_ATTEMPTS));
    return opened(
        (kind == Variant.HttpClient.LEAN ? posts.putAuthScheme(new PostAuthScheme()) : posts)
            .build());
  }

  LambdaAsyncClient functions() {
    return opened(
        LambdaAsyncClient.builder()
            .httpClient(http)
            .credentialsProvider(credentials)
            .asyncConfiguration(SdkClientSet::completeInPlace)
            .overrideConfiguration(configuration -> configure(configuration, POST_ATTEMPTS))
            .build());
  }

  private <T extends SdkAutoCloseable> T opened(T client) {
    opened.add(client);
    return client;
  }

  /** Closes what was opened; an environment that keeps its clients never calls it. */
  @Override
  public void close() {
    opened.forEach(SdkAutoCloseable::close);
    http.close();
    later.shutdownNow();
  }

  private void configure(ClientOverrideConfiguration.Builder configuration, int attempts) {
    configuration.retryStrategy(attempts(attempts)).scheduledExecutorService(later);
  }

  private static RetryStrategy attempts(int most) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(most).build();
  }

  private static void completeInPlace(ClientAsyncConfiguration.Builder configuration) {
    configuration.advancedOption(
        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run);
  }
}
