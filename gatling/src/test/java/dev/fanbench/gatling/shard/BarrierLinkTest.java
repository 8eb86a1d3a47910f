package dev.fanbench.gatling.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.SystemNanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A shard whose meeting place answers late, or never. */
@Timeout(60)
class BarrierLinkTest {
  private static final long AHEAD_NANOS = TimeUnit.HOURS.toNanos(3);
  private static final int SILENT_MILLIS = 20_000;

  /** The ping whose answer is late. */
  private static final int LATE = 5;

  private final CompletableFuture<String> end = new CompletableFuture<>();
  private ServerSocket listening;

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  @Test
  void anAnswerThatIsLateIsNoAnswerToALaterPing() throws Exception {
    host(BarrierLinkTest::answerOneLate);
    try (BarrierLink link = link()) {
      assertOffset(link.offset(1));
      assertOffset(link.offset());
    }
    assertFalse(end.isDone(), end::join);
  }

  @Test
  void aHostThatNeverTellsItsTimeEndsTheRun() throws Exception {
    host(BarrierLinkTest::answerNone);
    try (BarrierLink link = link()) {
      link.offset(1);
      assertEquals(
          "shard 0 did not tell its time within 1 s, so its clock is not known", end.get());
    }
  }

  @Test
  void aVerdictBeforeAllHaveComeEndsTheRun() throws Exception {
    host(
        channel -> {
          channel.send(new Message.Done(1, "no target could be started"));
          answerNone(channel);
        });
    try (BarrierLink link = link()) {
      assertEquals("the run of all ended before all shards had come", end.get());
      assertFalse(link.welcome().isDone());
    }
  }

  private static void assertOffset(BarrierLink.Offset offset) {
    assertTrue(
        Math.abs(AHEAD_NANOS - offset.offsetNanos()) <= offset.boundNanos(), offset::toString);
    assertTrue(offset.boundNanos() < TimeUnit.SECONDS.toNanos(2), offset::toString);
  }

  private static void answerOneLate(MessageChannel channel) throws IOException {
    Message late = null;
    for (Message message = channel.receive(); message != null; message = channel.receive()) {
      if (message instanceof Message.Ping ping) {
        Message pong =
            new Message.Pong(ping.n(), SystemNanoClock.INSTANCE.nanoTime() + AHEAD_NANOS);
        if (ping.n() == LATE && late == null) {
          late = pong;
        } else {
          if (late != null) {
            channel.send(late);
          }
          channel.send(pong);
        }
      }
    }
  }

  private static void answerNone(MessageChannel channel) throws IOException {
    while (channel.receive() != null) {}
  }

  private BarrierLink link() throws IOException {
    return BarrierLink.connect(
        (InetSocketAddress) listening.getLocalSocketAddress(),
        new Message.Hello("", 0, 1, ""),
        SystemNanoClock.INSTANCE,
        end::complete);
  }

  private void host(Script script) {
    var unused =
        CompletableFuture.runAsync(
            () -> {
              try (MessageChannel channel = new MessageChannel(listening.accept(), SILENT_MILLIS)) {
                script.follow(channel);
              } catch (IOException e) {
                // The shard is gone.
              }
            });
  }

  /** The words of a host to one shard, until that is gone. */
  private interface Script {
    void follow(MessageChannel channel) throws IOException;
  }
}
