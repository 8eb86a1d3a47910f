package dev.fanbench.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.Variant;
import dev.fanbench.functions.chat.BatchedDelivery;
import dev.fanbench.functions.chat.ChatStore;
import dev.fanbench.functions.chat.Delivery;
import dev.fanbench.functions.chat.FanOut;
import dev.fanbench.functions.chat.FramePoster;
import dev.fanbench.functions.chat.Relay;
import dev.fanbench.functions.chat.ServerlessChat;
import dev.fanbench.functions.event.EventHandler;
import dev.fanbench.functions.event.ProxyAnswer;
import dev.fanbench.functions.event.WebSocketEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code $default}: every message of a client. Answers to the sender go back as the route's
 * response and cost no post.
 *
 * <table>
 *   <caption>Calls, S room shards, C connection shards, one page each, in the
 *       standard {@link Variant}</caption>
 *   <tr><th>message</th><th>DynamoDB</th><th>Redis</th></tr>
 *   <tr><td>chat text</td><td>2 + S</td><td>3</td></tr>
 *   <tr><td>{@code /name}, {@code fetchChannels}</td><td>1</td><td>1</td></tr>
 *   <tr><td>{@code /channel}</td><td>2, and 1 more for a room new to this environment</td><td>1</td>
 *       </tr>
 *   <tr><td>broadcast, publish envelope</td><td>C</td><td>1</td></tr>
 *   <tr><td>{@code rpc}, {@code /help}, blank, malformed</td><td>0</td><td>0</td></tr>
 * </table>
 *
 * <p>Members that are gone for good cost 2 calls per 25 of them, or 1 Redis call per 500, once.
 */
public final class MessageHandler implements RequestStreamHandler, EventHandler {
  private final DeploymentSettings settings = DeploymentSettings.ofProcess();
  private final Clock clock = Clock.systemUTC();
  private final Consumer<String> log = System.err::println;
  private final ChatStore store;

  /** The chat of all messages; empty when each message is to have a client of its own. */
  private final Optional<ServerlessChat> shared;

  /** Called once per execution environment. */
  public MessageHandler() {
    SdkClientSet clients = SdkClientSet.forPosts(settings);
    store = StoreFactory.open(settings, clients::table, clock);
    shared =
        settings.variant().client() == Variant.Client.SHARED
            ? Optional.of(chat(clients))
            : Optional.empty();
  }

  private ServerlessChat chat(SdkClientSet clients) {
    return new ServerlessChat(
        store.registry(), store.messages(), deliveries(clients), settings.postPolicy(), clock, log);
  }

  private Delivery.Start deliveries(SdkClientSet clients) {
    FramePoster posts = new ManagementApiPoster(clients.posts(), log);
    Delivery.Start alone = frame -> new FanOut(posts, frame, settings.postPolicy());
    if (settings.variant().broadcast() != Variant.Broadcast.INVOCATIONS) {
      return alone;
    }
    String function =
        settings
            .batchFunction()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "FANBENCH_BATCH_FUNCTION must name a function, as FANBENCH_BROADCAST is"
                            + " invocations"));
    Relay relay = new LambdaRelay(clients.functions(), function, log);
    return frame -> new BatchedDelivery(relay, frame, settings.batchMembers(), alone.of(frame));
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    answer(WebSocketEvent.read(in)).write(out);
  }

  @Override
  public ProxyAnswer answer(WebSocketEvent event) {
    return ProxyAnswer.ok(shared.isPresent() ? receive(shared.get(), event) : receiveAlone(event));
  }

  private Optional<String> receiveAlone(WebSocketEvent event) {
    try (SdkClientSet clients = SdkClientSet.forPosts(settings)) {
      return receive(chat(clients), event);
    }
  }

  private static Optional<String> receive(ServerlessChat chat, WebSocketEvent event) {
    return chat.receive(event.connectionId(), event.author(), event.requestId(), event.body())
        .join();
  }
}
