package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.FramePoster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Posts through the API's own {@code @connections} endpoint. */
final class ManagementApiPoster implements FramePoster {
  private static final int HTTP_GONE = 410;

  private final ApiGatewayManagementApiAsyncClient client;
  private final Consumer<String> log;

  ManagementApiPoster(ApiGatewayManagementApiAsyncClient client, Consumer<String> log) {
    this.client = client;
    this.log = log;
  }

  @Override
  public CompletableFuture<Result> post(String connectionId, byte[] frame) {
    return client
        .postToConnection(
            post -> post.connectionId(connectionId).data(SdkBytes.fromByteArrayUnsafe(frame)))
        .handle((posted, failure) -> failure == null ? Result.DELIVERED : failed(failure));
  }

  private Result failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (isGone(cause)) {
      return Result.GONE;
    }
    log.accept("post failed: " + cause);
    return Result.FAILED;
  }

  /** A 410 that names no error type reaches us as a generic exception. */
  static boolean isGone(Throwable failure) {
    return failure instanceof GoneException
        || (failure instanceof SdkServiceException refused && refused.statusCode() == HTTP_GONE);
  }
}
