package dev.fanbench.protocol.idle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A target in a process of its own gets a real SIGTERM while a room talks. */
public abstract class TerminationContract {
  private static final int MEMBERS = 10;
  private static final int MESSAGES = 12;

  /** A drain that some other part of the process has cut short waits for its limit, 5 s. */
  private static final Duration CLOSE_FOLLOWS_WITHIN = Duration.ofSeconds(2);

  /** Starts the target; closed by the contract. */
  protected abstract TargetProcess start() throws IOException;

  /** Every accepted message is delivered, nothing else is heard, and then the close comes. */
  @Test
  void everyAcceptedMessageIsDeliveredBeforeTheClose() throws Exception {
    try (TargetProcess target = start()) {
      ChatClient publisher = ChatClient.connect(target.ready().url());
      List<ChatClient> members =
          Stream.generate(() -> ChatClient.connect(target.ready().url())).limit(MEMBERS).toList();
      Set<String> said = new TreeSet<>();
      for (int i = 0; i < MESSAGES; i++) {
        said.add("#general anonymous: m" + i);
        publisher.send("m" + i);
      }
      target.await("frames.received", MESSAGES, ChatClient.PATIENCE);
      target.terminate();

      for (ChatClient member : members) {
        Set<String> heard = new TreeSet<>();
        IntStream.range(0, MESSAGES).forEach(i -> heard.add(member.next()));
        assertEquals(said, heard);
      }
      long deliveredAtNanos = System.nanoTime();
      assertEquals(1001, publisher.closeCode());
      for (ChatClient member : members) {
        assertEquals(1001, member.closeCode());
      }
      Duration closedAfter = Duration.ofNanos(System.nanoTime() - deliveredAtNanos);
      assertTrue(closedAfter.compareTo(CLOSE_FOLLOWS_WITHIN) < 0, "closed after " + closedAfter);
      assertEquals(0, target.exitCode());
    }
  }
}
