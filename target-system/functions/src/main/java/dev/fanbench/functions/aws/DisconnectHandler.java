package dev.fanbench.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.chat.Registry;
import dev.fanbench.functions.event.EventHandler;
import dev.fanbench.functions.event.ProxyAnswer;
import dev.fanbench.functions.event.WebSocketEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;

/**
 * {@code $disconnect}: the client leaves its room, and its user if it has one. 2 DynamoDB calls, 3
 * with a user, or 1 Redis call.
 *
 * <p>API Gateway delivers this event with its best effort only; members it forgot are removed when
 * a post to them answers that they are gone.
 */
public final class DisconnectHandler implements RequestStreamHandler, EventHandler {
  private static final int CONNECTIONS = 4;

  private final Registry registry;

  /** Called once per execution environment. */
  public DisconnectHandler() {
    DeploymentSettings settings = DeploymentSettings.ofProcess();
    this.registry =
        StoreFactory.open(
                settings,
                () -> new SdkClientSet(settings.variant().http(), CONNECTIONS).table(),
                Clock.systemUTC())
            .registry();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    answer(WebSocketEvent.read(in)).write(out);
  }

  @Override
  public ProxyAnswer answer(WebSocketEvent event) {
    registry.disconnect(event.connectionId()).join();
    return ProxyAnswer.ok(Optional.empty());
  }
}
