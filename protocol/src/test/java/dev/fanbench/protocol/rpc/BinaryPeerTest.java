package dev.fanbench.protocol.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ChatLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BinaryPeerTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ManualTimer timer = new ManualTimer();
  private final RejectedFrameCount counters = new RejectedFrameCount();
  private final Deque<ByteBuffer> sent = new ArrayDeque<>();
  private final BinaryPeer peer = peer(RequestHandler.ECHO);

  private BinaryPeer peer(RequestHandler requests) {
    return new BinaryPeer(
        "me",
        frame -> {
          sent.add(frame);
          return CompletableFuture.completedFuture(null);
        },
        new RpcOptions(TIMEOUT, requests, timer),
        counters);
  }

  @Test
  void requestsAreNumberedFromOneAndAnswersMayComeInAnyOrder() {
    CompletableFuture<ByteBuffer> first = peer.ask(bytes("aa"));
    CompletableFuture<ByteBuffer> second = peer.ask(bytes(""));
    assertEquals(bytes("010000000000000001aa"), sent.remove());
    assertEquals(bytes("010000000000000002"), sent.remove());
    assertEquals(2, peer.pending());
    peer.received(bytes("000000000000000002bb"));
    peer.received(bytes("000000000000000001"));
    assertEquals(bytes("bb"), second.join());
    assertEquals(bytes(""), first.join());
    assertNothingWaits();
  }

  @Test
  void requestsAreAnsweredAndNoticesAreNot() {
    assertTrue(peer.received(bytes("01fffffffffffffffe0102")).toCompletableFuture().isDone());
    assertEquals(bytes("00fffffffffffffffe0102"), sent.remove());
    peer.received(bytes("ff0102"));
    assertTrue(sent.isEmpty());
  }

  @Test
  void whoIsAskedMayAskBack() {
    BinaryPeer asksBack =
        peer((from, body) -> from.ask(bytes("3f")).thenApply(answer -> bytes("77")));
    CompletableFuture<Void> done =
        asksBack.received(bytes("010000000000000009")).toCompletableFuture();
    assertEquals(bytes("0100000000000000013f"), sent.remove());
    assertFalse(done.isDone());
    asksBack.received(bytes("000000000000000001"));
    assertTrue(done.isDone());
    assertEquals(bytes("00000000000000000977"), sent.remove());
  }

  @Test
  void lateAndUnknownAnswersAreCountedAndIgnored() {
    peer.received(bytes("000000000000000001"));
    assertEquals(1, counters.unmatched().sum());
    CompletableFuture<ByteBuffer> asked = peer.ask(bytes(""));
    timer.advance(TIMEOUT.minusNanos(1));
    assertFalse(asked.isDone());
    timer.advance(Duration.ofNanos(1));
    assertInstanceOf(TimeoutException.class, failure(asked));
    assertNothingWaits();
    peer.received(bytes("000000000000000001"));
    assertEquals(2, counters.unmatched().sum());
  }

  @Test
  void malformedFramesAreCountedAndIgnored() {
    peer.received(bytes(""));
    peer.received(bytes("01"));
    peer.received(bytes("02000000000000000101"));
    assertEquals(3, counters.malformed().sum());
    assertTrue(sent.isEmpty());
  }

  @Test
  void handlerThatFailsIsAnsweredWithTheErrorFrame() {
    BinaryPeer thrower =
        peer(
            (from, body) -> {
              throw new IllegalStateException("broken on purpose");
            });
    BinaryPeer failing =
        peer((from, body) -> CompletableFuture.failedFuture(new IllegalStateException("too")));
    BinaryPeer silent = peer((from, body) -> null);
    BinaryPeer verbose =
        peer(
            (from, body) ->
                CompletableFuture.completedFuture(
                    ByteBuffer.allocate(ChatLimits.BINARY_MESSAGE_BYTES - 8)));
    for (BinaryPeer broken : new BinaryPeer[] {thrower, failing, silent, verbose}) {
      CompletableFuture<ByteBuffer> asked = peer.ask(bytes(""));
      broken.received(sent.remove());
      peer.received(sent.remove());
      Throwable refused = assertInstanceOf(RequestRefusedException.class, failure(asked));
      assertTrue(refused.getMessage().contains("\"connectionId\":\"me\""), refused.getMessage());
    }
    assertNothingWaits();
  }

  @Test
  void cancelledRequestsAreForgotten() {
    peer.ask(bytes("")).cancel(false);
    assertNothingWaits();
  }

  @Test
  void endOfTheConnectionEndsEveryRequest() {
    CompletableFuture<ByteBuffer> before = peer.ask(bytes(""));
    peer.ended(1001);
    CompletableFuture<ByteBuffer> after = peer.ask(bytes(""));
    assertEquals(1001, ((ConnectionClosedException) failure(before)).code());
    assertEquals(1001, ((ConnectionClosedException) failure(after)).code());
    assertEquals(1, sent.size(), "what can no longer be answered is not sent");
    assertNothingWaits();
  }

  @Test
  void requestThatCannotBeSentFails() {
    IllegalStateException broken = new IllegalStateException("broken on purpose");
    BinaryPeer mute =
        new BinaryPeer(
            "me",
            frame -> CompletableFuture.failedFuture(broken),
            RpcOptions.defaults().withTimer(timer),
            counters);
    assertEquals(broken, failure(mute.ask(bytes(""))));
    assertEquals(0, timer.size());
  }

  @Test
  void messagesOverTheLimitAreNotSent() {
    ByteBuffer longest = ByteBuffer.allocate(ChatLimits.BINARY_MESSAGE_BYTES - 9);
    var unused = peer.ask(longest);
    assertEquals(ChatLimits.BINARY_MESSAGE_BYTES, sent.remove().remaining());
    ByteBuffer longer = ByteBuffer.allocate(longest.capacity() + 1);
    assertThrows(IllegalArgumentException.class, () -> peer.ask(longer));
    assertThrows(
        IllegalArgumentException.class,
        () -> peer.tell(ByteBuffer.allocate(ChatLimits.BINARY_MESSAGE_BYTES)));
    assertTrue(sent.isEmpty());
  }

  private void assertNothingWaits() {
    assertEquals(0, peer.pending());
    assertEquals(0, timer.size());
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(CompletionException.class, future::join).getCause();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }
}
