package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A person at a chat, on the JDK's own WebSocket client. For one test thread. */
public final class ChatClient implements AutoCloseable {
  /** How long anything may take before the test fails. Nothing waits this long when it works. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final AtomicLong FENCES = new AtomicLong();

  private final Inbox inbox = new Inbox();
  private final WebSocket socket;

  private ChatClient(URI url, Map<String, String> headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(PATIENCE);
    headers.forEach(builder::header);
    this.socket = await(builder.buildAsync(url, inbox));
  }

  /** Connects, and returns when the handshake is done. */
  public static ChatClient connect(URI url) {
    return connect(url, Map.of());
  }

  /** Connects with headers in the request, and returns when the handshake is done. */
  public static ChatClient connect(URI url, Map<String, String> headers) {
    return new ChatClient(url, headers);
  }

  /** Connects and moves to {@code room}. */
  public static ChatClient connect(URI url, String room) {
    ChatClient client = connect(url);
    client.join(room);
    return client;
  }

  /** Sends one text frame. */
  public ChatClient send(String text) {
    await(socket.sendText(text, true));
    return this;
  }

  /** Sends one frame of a text message of several. */
  public ChatClient sendPart(String text, boolean last) {
    await(socket.sendText(text, last));
    return this;
  }

  /** Sends one binary frame. */
  public ChatClient sendBinary(byte[] bytes) {
    await(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    return this;
  }

  /** The next text message, awaited. */
  public String next() {
    Object next = inbox.poll();
    if (next instanceof String text) {
      return text;
    }
    throw new AssertionError("awaited a text message but got: " + next);
  }

  /** Awaits {@code text}, whatever comes before it. */
  public ChatClient skipTo(String text) {
    String heard = next();
    while (!heard.equals(text)) {
      heard = next();
    }
    return this;
  }

  /** The next binary message, awaited. */
  public ByteBuffer nextBinary() {
    Object next = inbox.poll();
    if (next instanceof ByteBuffer bytes) {
      return bytes;
    }
    throw new AssertionError("awaited a binary message but got: " + next);
  }

  /** Sends {@code text} and returns what comes back. */
  public String ask(String text) {
    return send(text).next();
  }

  /** Moves to {@code room}; from the return on, whatever is said there is delivered here. */
  public ChatClient join(String room) {
    assertEquals("Changed to #" + room, ask("/channel " + room));
    return this;
  }

  /** Says that nothing has come: the answer to a question asked now is the next thing to come. */
  public void expectNothing() {
    String id = "fence-" + FENCES.incrementAndGet();
    assertEquals(
        "{\"id\":\"%s\",\"body\":\"\"}".formatted(id),
        ask("{\"action\":\"rpc\",\"id\":\"%s\",\"body\":\"\"}".formatted(id)));
  }

  /** Pings, and awaits the same bytes in the pong. */
  public ChatClient ping(byte[] bytes) {
    await(socket.sendPing(ByteBuffer.wrap(bytes)));
    assertEquals(ByteBuffer.wrap(bytes), inbox.poll());
    return this;
  }

  /** Starts the closing handshake with {@code code} and awaits the code of the answer. */
  public int closeWith(int code) {
    await(socket.sendClose(code, ""));
    return closeCode();
  }

  /** The code with which the server closes the connection, awaited. */
  public int closeCode() {
    return await(inbox.closed);
  }

  /** The subprotocol the server chose, empty if none. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      try {
        await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
      } catch (CompletionException gone) {
        // The server was faster, and the test has seen what it wanted to see.
      }
    }
  }

  /** What {@code future} comes to, awaited. */
  public static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Collects whole messages, pongs and the end, in the order in which they come. */
  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

    Object poll() {
      try {
        Object next = arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return next == null ? new IllegalStateException("nothing within " + PATIENCE) : next;
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        arrived.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      binary.writeBytes(copy(part));
      if (last) {
        arrived.add(ByteBuffer.wrap(binary.toByteArray()));
        binary.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
      arrived.add(ByteBuffer.wrap(copy(payload)));
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      arrived.add(new IllegalStateException("closed with " + code));
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      arrived.add(error);
      closed.completeExceptionally(error);
    }

    private static byte[] copy(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      return copy;
    }
  }
}
