package dev.fanbench.junit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A WebSocket client for tests: each method waits for its result, 10 s at most. Thread-safe, except
 * that one thread sends at a time.
 *
 * <pre>{@code
 * try (ApiClient client = api.connect()) {
 *   client.send("{\"action\":\"whoAmI\"}");
 *   assertEquals("…", client.next());
 * }
 * }</pre>
 */
public final class ApiClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int NORMAL = 1000;

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private ApiClient(URI url, UnaryOperator<WebSocket.Builder> change) {
    socket = await(change.apply(HTTP.newWebSocketBuilder()).buildAsync(url, new Inbox()));
  }

  /**
   * Connects.
   *
   * @param url may have a query
   * @throws ConnectRefusedException if the API refuses
   */
  public static ApiClient connect(URI url) {
    return connect(url, builder -> builder);
  }

  /**
   * Connects with headers or subprotocols.
   *
   * @throws ConnectRefusedException if the API refuses
   */
  public static ApiClient connect(URI url, UnaryOperator<WebSocket.Builder> change) {
    return new ApiClient(url, change);
  }

  /** Sends a text message. */
  public void send(String text) {
    await(socket.sendText(text, true));
  }

  /**
   * The next text message, awaited.
   *
   * @throws AssertionError if none comes in time
   */
  public String next() {
    try {
      String text = texts.poll(ApiJournal.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (text == null) {
        throw new AssertionError(
            "no message came in %d s".formatted(ApiJournal.PATIENCE.toSeconds()));
      }
      return text;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError("the test was interrupted", stopped);
    }
  }

  /**
   * Code and reason of the API's close, such as {@code 1001 Going away}, awaited. It may be called
   * again after it failed.
   */
  public String closed() {
    return closed(ApiJournal.PATIENCE);
  }

  String closed(Duration patience) {
    // A copy: the time limit of one call is no end of the connection.
    return await(closed.copy(), patience);
  }

  /**
   * Says goodbye with 1000, and waits until the API has answered or the connection is gone. The API
   * then no longer counts the connection. Does nothing on a connection that has ended.
   */
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      CompletableFuture<String> answered = closed.exceptionally(gone -> "");
      await(
          socket.sendClose(NORMAL, "").exceptionally(gone -> socket).thenCompose(sent -> answered));
    }
  }

  private static <T> T await(CompletableFuture<T> future) {
    return await(future, ApiJournal.PATIENCE);
  }

  private static <T> T await(CompletableFuture<T> future, Duration patience) {
    try {
      return future.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof WebSocketHandshakeException refused) {
        throw new ConnectRefusedException(refused.getResponse().statusCode(), refused);
      }
      throw failed;
    }
  }

  /** Takes what the API sends. */
  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder begun = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      begun.append(text);
      if (last) {
        texts.add(begun.toString());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete((code + " " + reason).strip());
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
