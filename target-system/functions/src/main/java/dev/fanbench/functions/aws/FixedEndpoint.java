package dev.fanbench.functions.aws;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.services.apigatewaymanagementapi.endpoints.ApiGatewayManagementApiEndpointParams;
import software.amazon.awssdk.services.apigatewaymanagementapi.endpoints.ApiGatewayManagementApiEndpointProvider;

/**
 * The endpoint of one client, resolved by the SDK's rules for the first post and kept. Region and
 * endpoint belong to the client, so the rules have one result.
 */
final class FixedEndpoint implements ApiGatewayManagementApiEndpointProvider {
  private final ApiGatewayManagementApiEndpointProvider rules =
      ApiGatewayManagementApiEndpointProvider.defaultProvider();
  private volatile CompletableFuture<Endpoint> known;

  @Override
  public CompletableFuture<Endpoint> resolveEndpoint(ApiGatewayManagementApiEndpointParams client) {
    CompletableFuture<Endpoint> endpoint = known;
    if (endpoint == null) {
      endpoint = rules.resolveEndpoint(client);
      if (endpoint.isDone() && !endpoint.isCompletedExceptionally()) {
        known = endpoint;
      }
    }
    return endpoint;
  }
}
