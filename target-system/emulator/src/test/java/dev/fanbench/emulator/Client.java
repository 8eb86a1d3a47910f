package dev.fanbench.emulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that shows how its handshake and its end went. */
public final class Client implements WebSocket.Listener {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private WebSocket socket;

  /** Asks to be let in; the future is done with the handshake. */
  static CompletableFuture<Client> ask(URI url, String... subprotocols) {
    return ask(HTTP, url, subprotocols);
  }

  /** The same with an HTTP client that trusts other certificates. */
  static CompletableFuture<Client> ask(HttpClient http, URI url, String... subprotocols) {
    Client client = new Client();
    WebSocket.Builder builder = http.newWebSocketBuilder().header("User-Agent", "test-client");
    if (subprotocols.length > 0) {
      builder.subprotocols(subprotocols[0]);
    }
    return builder
        .buildAsync(url, client)
        .thenApply(
            open -> {
              client.socket = open;
              return client;
            });
  }

  public static Client connect(URI url) {
    return await(ask(url));
  }

  /** The status that the handshake was refused with. */
  public static int refusal(URI url) {
    try {
      connect(url);
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
        return handshake.getResponse().statusCode();
      }
      throw refused;
    }
    throw new AssertionError("the handshake was not refused");
  }

  WebSocket socket() {
    return socket;
  }

  public void send(String text) {
    await(socket.sendText(text, true));
  }

  public void close(int code, String reason) {
    await(socket.sendClose(code, reason));
  }

  /** The next text, awaited. */
  public String next() throws InterruptedException {
    String text = texts.poll(TestApi.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (text == null) {
      throw new AssertionError("nothing came");
    }
    return text;
  }

  /** Code and reason of the server's close, awaited. */
  String closed() {
    return await(closed);
  }

  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(TestApi.PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    texts.add(text.toString());
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }
}
