package dev.fanbench.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.FanOut;
import dev.fanbench.functions.chat.Member;
import dev.fanbench.functions.chat.PostOutcome;
import dev.fanbench.functions.event.Batch;
import dev.fanbench.functions.event.BatchOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Posts a frame to the members it is given, and nothing else: it reads no store, and who is gone is
 * for its caller to forget.
 */
public final class BatchHandler implements RequestStreamHandler {
  private final DeploymentSettings settings = DeploymentSettings.ofProcess();
  private final ManagementApiPoster posts =
      new ManagementApiPoster(SdkClientSet.forPosts(settings).posts(), System.err::println);

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    Batch batch = Batch.read(in);
    byte[] frame = batch.frame().getBytes(StandardCharsets.UTF_8);
    FanOut fanOut = new FanOut(posts, frame, settings.postPolicy());
    batch.connectionIds().forEach(id -> fanOut.accept(new Member(id, "", 0)));
    PostOutcome outcome = fanOut.finish().join();
    new BatchOutcome(
            outcome.delivered(),
            outcome.gone().stream().map(Member::connectionId).toList(),
            outcome.failed(),
            outcome.leftOut())
        .write(out);
  }
}
