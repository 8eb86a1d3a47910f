package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.baseline.chat.ChatSession;
import dev.fanbench.baseline.chat.InMemoryChat;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.ConnectionId;
import dev.fanbench.protocol.Frame;
import dev.fanbench.protocol.rpc.BinaryPeer;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.RequestRefusedException;
import dev.fanbench.protocol.rpc.RpcOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

/** Text is for the chat, binary messages are requests and responses. */
final class ChatConversation implements Conversation {
  private static final System.Logger LOG = System.getLogger(ChatConversation.class.getName());

  /** Bytes that a request counts for, besides its body, which its answer repeats. */
  private static final int REQUEST_BYTES = 128;

  private final Channel channel;
  private final FrameGate gate;
  private final ServerCounterSet counters;
  private final RequestGate requestGate;
  private final Subscriber self;
  private final ChatSession session;
  private final BinaryPeer peer;

  /**
   * Enters the chat.
   *
   * @param agreed who it is, and whether it is sent deflated frames
   * @param gate told of requests that are answered later
   * @param texts say what a text means
   */
  ChatConversation(
      Channel channel,
      UpgradeHandler.Agreed agreed,
      FrameGate gate,
      Function<String, Frame> texts,
      InMemoryChat chat,
      RpcOptions rpc,
      ServerCounterSet counters,
      RequestGate requestGate) {
    String connectionId = ConnectionId.next();
    this.channel = channel;
    this.gate = gate;
    this.counters = counters;
    this.requestGate = requestGate;
    this.self = new Subscriber(channel, agreed.deflates());
    this.session = new ChatSession(texts, chat, self, connectionId, agreed.user());
    this.peer =
        new BinaryPeer(
            connectionId, this::send, rpc.withRequests(whileOpen(rpc.requests())), counters.frames);
  }

  @Override
  public void text(ByteBuf utf8) {
    if (!requestGate.isOpen()) {
      refuse();
      return;
    }
    try {
      session.handle(utf8.toString(StandardCharsets.UTF_8)).ifPresent(self::send);
      if (session.isMoving()) {
        answerWhenMoved();
      }
    } catch (RuntimeException failure) {
      LOG.log(Level.WARNING, "A frame could not be handled", failure);
      refuse();
    }
  }

  /**
   * Later frames wait, so that they find the client in its room and are answered in their order.
   */
  private void answerWhenMoved() {
    requestGate.begin();
    gate.holdUntil(
        session.moved(),
        () -> {
          session.arrive().ifPresent(self::send);
          requestGate.end();
        });
  }

  private void refuse() {
    counters.frames.refused().increment();
    self.send(session.refusal());
  }

  @Override
  public void binary(ByteBuf bytes) {
    if (bytes.readableBytes() > ChatLimits.BINARY_MESSAGE_BYTES) {
      throw new TooLongFrameException();
    }
    requestGate.begin();
    CompletableFuture<Void> done = peer.received(bytes.nioBuffer()).toCompletableFuture();
    if (done.isDone()) {
      requestGate.end();
      return;
    }
    int heldBytes = bytes.readableBytes() + REQUEST_BYTES;
    gate.began(heldBytes);
    done.whenComplete(
        (answered, never) -> {
          requestGate.end();
          answeredLater(heldBytes);
        });
  }

  /** From any thread, behind the answer. */
  private void answeredLater(int heldBytes) {
    try {
      channel.eventLoop().execute(() -> gate.ended(heldBytes));
    } catch (RejectedExecutionException stopped) {
      // The server has ended, and the connection with it.
    }
  }

  private RequestHandler whileOpen(RequestHandler requests) {
    return (from, body) ->
        requestGate.isOpen()
            ? requests.handle(from, body)
            : CompletableFuture.failedFuture(new RequestRefusedException("stopping"));
  }

  private CompletionStage<Void> send(ByteBuffer frame) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    channel
        .writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(frame)))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                sent.complete(null);
              } else {
                sent.completeExceptionally(written.cause());
              }
            });
    return sent;
  }

  @Override
  public void writable() {
    self.resume();
  }

  @Override
  public void end(int code) {
    self.finish();
    session.leave();
    peer.ended(code);
  }
}
