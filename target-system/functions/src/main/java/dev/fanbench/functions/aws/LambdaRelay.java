package dev.fanbench.functions.aws;

import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.PostOutcome;
import dev.fanbench.functions.chat.Relay;
import dev.fanbench.functions.event.Batch;
import dev.fanbench.functions.event.BatchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Invokes the function that posts for others, and waits for its answer: who is gone must be known
 * before the message is done with. A batch whose invocation fails counts as failed, all of it.
 */
final class LambdaRelay implements Relay {
  private final LambdaAsyncClient client;
  private final String function;
  private final Consumer<String> log;

  LambdaRelay(LambdaAsyncClient client, String function, Consumer<String> log) {
    this.client = client;
    this.function = function;
    this.log = log;
  }

  @Override
  public CompletableFuture<PostOutcome> post(byte[] frame, List<Member> members) {
    Batch batch =
        new Batch(
            new String(frame, StandardCharsets.UTF_8),
            members.stream().map(Member::connectionId).toList());
    return client
        .invoke(
            call ->
                call.functionName(function).payload(SdkBytes.fromByteArrayUnsafe(batch.bytes())))
        .thenApply(response -> outcome(response, members))
        .exceptionally(
            failure -> {
              log.accept("a batch of %d failed: %s".formatted(members.size(), failure));
              return failed(members);
            });
  }

  private PostOutcome outcome(InvokeResponse response, List<Member> members) {
    try {
      BatchOutcome answer = BatchOutcome.read(response.payload().asInputStream());
      List<Member> gone =
          members.stream().filter(each -> answer.gone().contains(each.connectionId())).toList();
      return new PostOutcome(answer.delivered(), gone, answer.failed(), answer.leftOut());
    } catch (IOException broken) {
      log.accept("a batch of %d failed: %s".formatted(members.size(), response.functionError()));
      return failed(members);
    }
  }

  private static PostOutcome failed(List<Member> members) {
    return new PostOutcome(0, List.of(), members.size(), 0);
  }
}
