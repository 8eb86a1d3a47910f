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
 * {@code $connect}: the client becomes {@code anonymous} in {@code general}, and is linked to its
 * user if it has one. 1 DynamoDB call, or 1 Redis call.
 *
 * <p>The record is there before the client has its handshake, so a frame for the room may be posted
 * to it too early; see {@code staleGrace} in {@link DeploymentSettings}.
 */
public final class ConnectHandler implements RequestStreamHandler, EventHandler {
  private static final int CONNECTIONS = 4;

  private final Registry registry;

  /** Called once per execution environment. */
  public ConnectHandler() {
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
    registry.connect(event.connectionId(), event.user(), event.connectedAtMillis()).join();
    return ProxyAnswer.ok(Optional.empty());
  }
}
