package dev.fanbench.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.TargetUnderContract;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handshakes of every kind: each is answered as the standards say, and leaves nothing behind. */
public interface HandshakeFuzzContract extends TargetUnderContract {
  /** Times that all connections are counted and closed, and the chat has to work. */
  int ROUNDS = 10;

  /** Handshakes of a target that is fast enough. */
  int MOST_HANDSHAKES = 10_000;

  /** How many handshakes are sent. */
  default int handshakes() {
    return MOST_HANDSHAKES;
  }

  /** One of the figures that the server counts, such as {@code connections.open}. */
  long figure(String name);

  /** Descriptors that may come and go without clients, such as those of a pool. */
  default long spareDescriptors() {
    return 0;
  }

  /** Descriptors that the server holds by now for what it started, such as environments. */
  default long ownDescriptors() {
    return 0;
  }

  /** Awaits, and fails unless, nothing is left of clients that are gone, in memory or a store. */
  void assertNothingIsLeft() throws Exception;

  /**
   * After each tenth of the handshakes the server's open connections are the sockets that got a 101
   * and are still open, and the chat's next message arrives.
   */
  @Test
  default void handshakesAreAnsweredAndLeaveNothing() throws Exception {
    ServerSockets sockets = new ServerSockets(ProcessHandle.current().pid(), url().getPort());
    try (ChatClient speaker = ChatClient.connect(url(), "fuzz");
        ChatClient listener = ChatClient.connect(url(), "fuzz");
        HandshakeClient client = new HandshakeClient(url())) {
      int each = handshakes() / ROUNDS;
      client.run(-each, 0);
      client.endKept();
      long descriptors = Long.MAX_VALUE;
      for (int round = 0; round < ROUNDS; round++) {
        client.run(round * each, (round + 1) * each);
        assertEquals(List.of(), client.failures());
        FuzzPatience.await("connections.open", () -> figure("connections.open"), client.open() + 2);
        speaker.send("after round " + round);
        listener.skipTo("#fuzz anonymous: after round " + round);
        client.endKept();
        FuzzPatience.await("connections.open", () -> figure("connections.open"), 2);
        FuzzPatience.await("abandoned sockets", sockets::abandoned, 0);
        if (round == 0) {
          descriptors = sockets.descriptors() - ownDescriptors() + spareDescriptors();
        }
      }
      FuzzPatience.awaitAtMost(
          "descriptors", () -> sockets.descriptors() - ownDescriptors(), descriptors);
      System.out.printf("%d handshakes: %s%n", handshakes(), client.statuses());
    }
    assertNothingIsLeft();
  }
}
