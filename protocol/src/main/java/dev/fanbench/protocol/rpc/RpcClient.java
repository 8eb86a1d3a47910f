package dev.fanbench.protocol.rpc;

import dev.fanbench.protocol.Action;
import dev.fanbench.protocol.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A client that asks a server, in the binary form or, where that is refused, in the text form, and
 * answers what the server asks. Frames are sent one after the other, in the order of the calls.
 * Text that answers nothing, such as what others say in the room, is ignored. Thread-safe.
 */
public final class RpcClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int LOST = 1006;

  private final RejectedFrameCount counters = new RejectedFrameCount();
  private final BinaryPeer peer;
  private final PendingRequestTable<String> texts;
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private CompletableFuture<WebSocket> lastSent = socket;

  private RpcClient(RpcOptions options) {
    this.peer =
        new BinaryPeer(
            "", frame -> send(() -> socket.join().sendBinary(frame, true)), options, counters);
    this.texts = new PendingRequestTable<>(options.timer(), options.timeout());
  }

  /**
   * Connects.
   *
   * @param url where, for example {@code ws://127.0.0.1:9001/dev}
   * @return completes when the handshake is done; fails as {@link WebSocket.Builder#buildAsync}
   *     does
   */
  public static CompletableFuture<RpcClient> connect(URI url, RpcOptions options) {
    RpcClient client = new RpcClient(options);
    return HTTP.newWebSocketBuilder()
        .connectTimeout(options.timeout())
        .buildAsync(url, client.new Receiver())
        .thenApply(
            connected -> {
              client.socket.complete(connected);
              return client;
            });
  }

  /** Asks in the binary form; see {@link BinaryPeer#ask}. */
  public CompletableFuture<ByteBuffer> ask(ByteBuffer body) {
    return peer.ask(body);
  }

  /** Tells in the binary form; see {@link BinaryPeer#tell}. */
  public CompletionStage<?> tell(ByteBuffer body) {
    return peer.tell(body);
  }

  /**
   * Asks in the text form. An error frame carries no id there, so a request that is refused fails
   * when its time is up or the connection ends.
   *
   * @return the answer's body; fails as {@link #ask} does
   */
  public CompletableFuture<String> askText(String body) {
    return texts.ask(
        id -> {
          String request = new Action.Rpc(Long.toString(id), body).text();
          return send(() -> socket.join().sendText(request, true));
        });
  }

  /** Requests of both forms that still wait for an answer. */
  public int pending() {
    return peer.pending() + texts.size();
  }

  /** Frames from the server that changed nothing. */
  public RejectedFrameCount counters() {
    return counters;
  }

  /** Completes with the close code when the server has closed; 1006 if the connection was lost. */
  public CompletableFuture<Integer> closed() {
    return closed.copy();
  }

  /** The JDK's sockets take one frame at a time. */
  private synchronized CompletableFuture<WebSocket> send(
      Supplier<CompletableFuture<WebSocket>> frame) {
    lastSent = lastSent.exceptionally(failed -> null).thenCompose(sent -> frame.get());
    return lastSent;
  }

  /** Says goodbye with 1000 behind everything that was sent; what still waits fails. */
  @Override
  public void close() {
    var unused = send(() -> socket.join().sendClose(WebSocket.NORMAL_CLOSURE, ""));
    ended(WebSocket.NORMAL_CLOSURE);
  }

  private void ended(int code) {
    peer.ended(code);
    texts.end(new ConnectionClosedException(code));
  }

  private void received(String text) {
    Optional<JsonObject> answer = JsonObject.parse(text);
    Optional<String> id = answer.flatMap(object -> object.string("id"));
    Optional<String> body = answer.flatMap(object -> object.string("body"));
    if (id.isPresent() && body.isPresent() && !texts.answer(number(id.get()), body.get())) {
      counters.unmatched().increment();
    }
  }

  /** The number that an id was made from; 0, which no request has, for any other text. */
  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException notOurs) {
      return 0;
    }
  }

  /** Puts messages together and passes them on. */
  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        received(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      binary.writeBytes(bytes);
      if (last) {
        var unused = peer.received(ByteBuffer.wrap(binary.toByteArray()));
        binary.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended(code);
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended(LOST);
      closed.complete(LOST);
    }
  }
}
