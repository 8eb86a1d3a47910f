package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/**
 * One open WebSocket connection to the target.
 *
 * <p>It belongs to one event loop for life. {@link #send} and {@link #sendText} are for that loop's
 * thread alone, which is where an action armed on {@link #executor()} runs; everything else may be
 * called from any thread.
 */
public final class Client {
  private final FleetLoop loop;
  private final SocketChannel socket;
  private final ClientHandler handler;
  private final FleetConfig route;

  /** Null where publications are frames. */
  private final HttpSender http;

  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile StampMeaning role;

  Client(
      FleetLoop loop,
      SocketChannel socket,
      StampMeaning role,
      FleetConfig route,
      FrameContext values) {
    this.loop = loop;
    this.socket = socket;
    this.route = route;
    this.role = role;
    this.handler = new ClientHandler(this, loop, socket, route, values);
    this.http = route.publishesByHttp() ? new HttpSender(loop, route, values.client()) : null;
    handler.role(role);
    var unused = socket.closeFuture().addListener(ended -> ended());
  }

  /** Number of this client's event loop, from 0. */
  public int loop() {
    return loop.index;
  }

  /** The place of the address that it is connected to among those of the target, from 0. */
  public int node() {
    return route.node();
  }

  /** This client's event loop, with timers of nanosecond resolution. */
  public ScheduledExecutorService executor() {
    return loop.executor;
  }

  /** The meaning of stamped texts that reach this client. */
  public StampMeaning role() {
    return role;
  }

  /** Gives another meaning to stamped texts, from the next turn of this client's loop on. */
  public void role(StampMeaning next) {
    role = Objects.requireNonNull(next, "next");
    loop.run(() -> handler.role(next));
  }

  /**
   * Completes when the frames of the dialect's {@code open} have been exchanged, with an empty
   * text; or with a clause that says why they have not.
   */
  public CompletableFuture<String> opened() {
    return handler.dialogue().opened();
  }

  /** Reads nothing more, so that what the target sends fills its buffers; for good. */
  public void stopReading() {
    socket.config().setAutoRead(false);
  }

  /** True until either side begins to close. */
  public boolean isOpen() {
    return !handler.closing() && socket.isActive();
  }

  /**
   * Moves to a room: sends the frame of the fleet's dialect and waits for its confirmation. Where
   * the server confirms nothing, the outcome is joined at once; {@link Fleet#joinAll} makes sure.
   *
   * @return completed on this client's loop, never exceptionally but for a second join while one is
   *     awaited ({@link IllegalStateException})
   * @throws IllegalArgumentException when the room's name is not one, see {@link ClientSlot}
   */
  public CompletableFuture<JoinOutcome> join(String room) {
    ClientSlot.requireRoom(room);
    PendingJoin join = new PendingJoin(route.dialect(), room, route.replyTimeout());
    loop.run(() -> handler.begin(join));
    return join.outcome();
  }

  /**
   * The publications of this client to the room it joined last. May be called on its loop only.
   *
   * @param publisher unique within a run
   * @param payloadBytes length of the text
   */
  public StampedText publication(int publisher, int payloadBytes) {
    return publication(handler.dialogue().values().room(), publisher, payloadBytes);
  }

  /** The publications of this client to one of its rooms; the rest as above. */
  public StampedText publication(String room, int publisher, int payloadBytes) {
    return StampedText.of(
        route.publication(), handler.dialogue().values().withRoom(room), publisher, payloadBytes);
  }

  /**
   * The requests of this client, whose stamps come back to it. May be called on its loop only.
   *
   * @param publisher unique within a run
   * @param payloadBytes length of the text
   * @throws java.util.NoSuchElementException when the dialect has no requests
   */
  public StampedText request(int publisher, int payloadBytes) {
    return StampedText.of(
        route.dialect().request().orElseThrow(),
        handler.dialogue().values(),
        publisher,
        payloadBytes);
  }

  /** Publishes a probe in a room. */
  void probe(String room, String token) {
    loop.run(
        () -> {
          if (isOpen()) {
            FrameContext values = handler.dialogue().nextValues().withRoom(room).withText(token);
            FrameSource source = route.publication();
            if (route.publishesByHttp()) {
              http.send(source.bytes(values));
            } else {
              handler.write(Masking.opcode(source.binary()), source.bytes(values));
            }
          }
        });
  }

  /** Completes when a probe with this token has arrived, or the connection is closed. */
  CompletableFuture<Void> awaitProbe(String token) {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    var unusedEnd = closed.thenAccept(gone -> seen.complete(null));
    loop.run(
        () -> {
          var unused =
              handler.dialogue().awaitProbe(token).thenAccept(arrived -> seen.complete(null));
        });
    return seen;
  }

  /**
   * Sends one publication or request.
   *
   * @param sequence the arrival's index in its phase, 0 or more
   * @param intendedAtNanos when the schedule says to send, on the fleet's clock
   * @param listener told the time just before the bytes are handed over; not called unless {@link
   *     SendOutcome#SENT} is returned
   * @throws IllegalStateException on any thread but the loop's
   */
  public SendOutcome send(
      StampedText text, int sequence, long intendedAtNanos, SentListener listener) {
    SendOutcome obstacle = obstacle();
    if (obstacle != SendOutcome.SENT) {
      return obstacle;
    }
    if (text.isHttp()) {
      byte[] request = text.composed(sequence, intendedAtNanos);
      if (loop.trace != null) {
        loop.trace.sent(this, request);
      }
      listener.sent(sequence, loop.clock.nanoTime());
      http.send(request);
      return SendOutcome.SENT;
    }
    ByteBuf frame = frame(text, sequence, intendedAtNanos);
    try {
      listener.sent(sequence, loop.clock.nanoTime());
    } catch (RuntimeException broken) {
      frame.release();
      throw broken;
    }
    handler.write(frame);
    return SendOutcome.SENT;
  }

  private ByteBuf frame(StampedText text, int sequence, long intendedAtNanos) {
    int opcode = Masking.opcode(text.binary());
    if (text.isFixed() && loop.trace == null) {
      byte[] bytes = loop.composing(text.length());
      text.write(bytes, sequence, intendedAtNanos);
      return handler.frame(opcode, bytes, text.length());
    }
    byte[] bytes = text.composed(sequence, intendedAtNanos);
    if (loop.trace != null) {
      loop.trace.sent(this, bytes);
    }
    return handler.frame(opcode, bytes, bytes.length);
  }

  /**
   * Sends any text.
   *
   * @param utf8 the text, copied before this returns
   * @throws IllegalStateException on any thread but the loop's
   */
  public SendOutcome sendText(byte[] utf8) {
    SendOutcome obstacle = obstacle();
    if (obstacle == SendOutcome.SENT) {
      handler.write(Masking.TEXT, utf8);
    }
    return obstacle;
  }

  /**
   * Closes with 1000, and the socket when the target has closed its side, a second later at most.
   *
   * @return completed when the socket is closed; the same for every call
   */
  public CompletableFuture<Void> close() {
    loop.run(handler::beginClosing);
    return closed;
  }

  private void ended() {
    if (http != null) {
      http.close();
    }
    handler.ended();
    closed.complete(null);
  }

  ClientHandler handler() {
    return handler;
  }

  private SendOutcome obstacle() {
    loop.requireInLoop();
    if (!isOpen()) {
      return SendOutcome.CLOSED;
    }
    return socket.isWritable() ? SendOutcome.SENT : SendOutcome.NOT_WRITABLE;
  }
}
