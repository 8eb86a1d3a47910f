package dev.fanbench.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.functions.Settings;
import dev.fanbench.functions.chat.Chat;
import dev.fanbench.functions.chat.Store;
import dev.fanbench.functions.event.Answer;
import dev.fanbench.functions.event.WebSocketEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * {@code $default}: every message of a client. Answers to the sender go back as the route's
 * response and cost no post.
 *
 * <table>
 *   <caption>Calls, S room shards, C connection shards, one page each</caption>
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
public final class MessageHandler implements RequestStreamHandler {
  private final Chat chat;

  /** Called once per execution environment. */
  public MessageHandler() {
    Settings settings = Settings.ofProcess();
    Clock clock = Clock.systemUTC();
    Consumer<String> log = System.err::println;
    Clients clients = new Clients(settings.postConcurrency());
    Store store = Stores.open(settings, clients::table, clock);
    this.chat =
        new Chat(
            store.registry(),
            store.messages(),
            new ManagementApiPosts(clients.posts(), log),
            settings.postConcurrency(),
            settings.staleGrace(),
            clock,
            log);
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    WebSocketEvent event = WebSocketEvent.read(in);
    Answer.ok(chat.receive(event.connectionId(), event.requestId(), event.body()).join())
        .write(out);
  }
}
