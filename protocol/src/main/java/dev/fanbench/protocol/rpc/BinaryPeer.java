package dev.fanbench.protocol.rpc;

import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.RequestId;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One side of a connection in the binary form: asks, and answers what it is asked. The owner of the
 * connection passes frames in by {@link #received} and says when it has ended. Thread-safe.
 */
public final class BinaryPeer {
  private static final System.Logger LOG = System.getLogger(BinaryPeer.class.getName());
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

  private final String name;
  private final Function<ByteBuffer, ? extends CompletionStage<?>> out;
  private final RpcOptions options;
  private final RejectedFrameCount counters;
  private final PendingRequestTable<ByteBuffer> pending;

  /**
   * A side with nothing asked yet.
   *
   * @param name how this side calls the connection in error frames
   * @param out sends a frame, from any thread; the stage completes when it is sent
   */
  public BinaryPeer(
      String name,
      Function<ByteBuffer, ? extends CompletionStage<?>> out,
      RpcOptions options,
      RejectedFrameCount counters) {
    this.name = name;
    this.out = out;
    this.options = options;
    this.counters = counters;
    this.pending = new PendingRequestTable<>(options.timer(), options.timeout());
  }

  /**
   * Asks the other side.
   *
   * @return the answer's body. Fails with {@link RequestRefusedException}, with {@link
   *     java.util.concurrent.TimeoutException} or with {@link ConnectionClosedException}; after
   *     that, and after a cancellation, a late answer counts as unmatched.
   * @throws IllegalArgumentException if the frame would be over {@link
   *     ChatLimits#BINARY_MESSAGE_BYTES}
   */
  public CompletableFuture<ByteBuffer> ask(ByteBuffer body) {
    check(1 + Long.BYTES + body.remaining());
    return pending.ask(id -> out.apply(new BinaryFrame.Request(id, body).encode()));
  }

  /**
   * Tells the other side something that wants no answer.
   *
   * @return completes when it is sent, which is all that can be known
   * @throws IllegalArgumentException if the frame would be over {@link
   *     ChatLimits#BINARY_MESSAGE_BYTES}
   */
  public CompletionStage<?> tell(ByteBuffer body) {
    check(1 + body.remaining());
    return out.apply(new BinaryFrame.Notice(body).encode());
  }

  private static void check(int bytes) {
    if (bytes > ChatLimits.BINARY_MESSAGE_BYTES) {
      throw new IllegalArgumentException(
          "a frame of %d bytes; allowed: %d".formatted(bytes, ChatLimits.BINARY_MESSAGE_BYTES));
    }
  }

  /**
   * Takes a frame from the other side.
   *
   * @param frame at most {@link ChatLimits#BINARY_MESSAGE_BYTES}; not kept after the return
   * @return completes when nothing more will be done about it: never exceptionally, and for a
   *     request only when its answer was given to be sent
   */
  public CompletionStage<Void> received(ByteBuffer frame) {
    BinaryFrame parsed = BinaryFrame.parse(frame).orElse(null);
    if (parsed instanceof BinaryFrame.Request request) {
      return handle(copy(request.body())).thenAccept(body -> respond(request.id(), body));
    }
    if (parsed instanceof BinaryFrame.Notice notice) {
      return handle(copy(notice.body())).thenAccept(nowhere -> {});
    }
    if (parsed instanceof BinaryFrame.Response response) {
      answered(response);
    } else {
      counters.malformed().increment();
    }
    return DONE;
  }

  /** A response that cannot be sent means that the connection has ended, of which all are told. */
  private void respond(long id, ByteBuffer body) {
    var unused = out.apply(new BinaryFrame.Response(id, body).encode());
  }

  private CompletionStage<ByteBuffer> handle(ByteBuffer body) {
    CompletionStage<ByteBuffer> answer;
    try {
      answer = Objects.requireNonNull(options.requests().handle(this, body), "no answer");
    } catch (RuntimeException failure) {
      answer = CompletableFuture.failedFuture(failure);
    }
    return answer.thenApply(BinaryPeer::checked).exceptionally(this::refusal);
  }

  private static ByteBuffer checked(ByteBuffer body) {
    check(1 + Long.BYTES + body.remaining());
    return body;
  }

  private ByteBuffer refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof RequestRefusedException)) {
      LOG.log(Level.WARNING, "A request could not be handled", cause);
    }
    counters.refused().increment();
    return StandardCharsets.UTF_8.encode(ReplyFormat.internalServerError(name, RequestId.next()));
  }

  private void answered(BinaryFrame.Response response) {
    ByteBuffer body = copy(response.body());
    String text = StandardCharsets.UTF_8.decode(body.duplicate()).toString();
    boolean waited =
        ReplyFormat.isInternalServerError(text)
            ? pending.fail(response.id(), new RequestRefusedException(text))
            : pending.answer(response.id(), body);
    if (!waited) {
      counters.unmatched().increment();
    }
  }

  private static ByteBuffer copy(ByteBuffer body) {
    return ByteBuffer.allocate(body.remaining()).put(body).flip();
  }

  /** Requests that still wait for an answer. */
  public int pending() {
    return pending.size();
  }

  /**
   * Says that the connection has ended: what waits fails, and so does whatever is asked later.
   *
   * @param code the close code, 1006 if there was none
   */
  public void ended(int code) {
    pending.end(new ConnectionClosedException(code));
  }
}
