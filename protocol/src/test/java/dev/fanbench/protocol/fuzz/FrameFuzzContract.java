package dev.fanbench.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.TargetUnderContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients that do not read, read one byte at a time, or die by a reset, and send frames of all
 * kinds: what the server keeps for them is bounded, and other clients do not notice.
 */
public interface FrameFuzzContract extends TargetUnderContract {
  /** Kinds of bad clients. */
  List<BadClient.Kind> KINDS = List.of(BadClient.Kind.values());

  /** Bad clients of each kind. */
  int EACH_KIND = 4;

  /** Rooms of a target that is fast enough. */
  int MOST_ROOMS = 200;

  /** Steps of a target that is fast enough. */
  int MOST_STEPS = 100;

  /** Requests that a good client sends at once in each step. */
  int REQUESTS_PER_STEP = 10;

  /** How often each bad client sends some frames, and each good one gets its answers. */
  default int steps() {
    return MOST_STEPS;
  }

  /** Rooms with long names, so that the list of them is a long answer to a short question. */
  default int rooms() {
    return MOST_ROOMS;
  }

  /**
   * Whether each bad client has a room of its own, so that it gets no publication but its own.
   * Needed where a function posts to the members of a room one by one: a member that does not read
   * keeps it waiting for as long as its client tries again.
   */
  default boolean badClientsAreAlone() {
    return false;
  }

  /** One of the figures that the server counts, such as {@code connections.open}. */
  long figure(String name);

  /** Bytes of buffers that the server holds now, for all clients. */
  long heldBytes();

  /** The stated bound of what the server's process holds for one client. */
  long mostHeldBytesOfAClient();

  /** What {@link #heldBytes} may be too much, since an allocator takes memory in large chunks. */
  default long allocatorSlackBytes() {
    return 0;
  }

  /** The stated bound of what the server's kernel holds for one client that does not read. */
  long mostUnsentBytesOfAClient();

  /** Awaits, and fails unless, nothing is left of clients that are gone, in memory or a store. */
  void assertNothingIsLeft() throws Exception;

  /** The steps are the clock: each ends when the good clients have their answers. */
  @Test
  default void badClientsCostBoundedMemoryAndDisturbNoOther() throws Exception {
    ServerSockets sockets = new ServerSockets(ProcessHandle.current().pid(), url().getPort());
    List<BadClient> bad = new ArrayList<>();
    try (ChatClient speaker = ChatClient.connect(url(), "room-frames");
        ChatClient listener = ChatClient.connect(url(), "room-frames");
        ChatClient asking = ChatClient.connect(url())) {
      for (int i = 0; i < rooms(); i++) {
        asking.join("room-%059d".formatted(i));
      }
      long before = heldBytes();
      long mostHeld = 0;
      long mostUnsent = 0;
      try {
        for (int i = 0; i < EACH_KIND * KINDS.size(); i++) {
          AbusiveFrames frames = new AbusiveFrames(i, takesBinaryFrames());
          String room = badClientsAreAlone() ? "room-bad-" + i : "";
          bad.add(new BadClient(url(), room, KINDS.get(i % KINDS.size()), frames));
        }
        for (int step = 0; step < steps(); step++) {
          for (BadClient client : bad) {
            client.step();
          }
          speaker.send("step " + step);
          listener.skipTo("#room-frames anonymous: step " + step);
          assertAnswers(asking, step);
          mostHeld = Math.max(mostHeld, heldBytes() - before);
          mostUnsent = Math.max(mostUnsent, sockets.mostUnsentBytes());
        }
        report(bad, mostHeld, mostUnsent);
        long allowed = bad.size() * mostHeldBytesOfAClient() + allocatorSlackBytes();
        assertTrue(mostHeld <= allowed, "held: " + mostHeld);
        assertTrue(mostUnsent <= mostUnsentBytesOfAClient(), "unsent: " + mostUnsent);
      } finally {
        close(bad);
      }
      FuzzPatience.await("connections.open", () -> figure("connections.open"), 3);
      FuzzPatience.await("abandoned sockets", sockets::abandoned, 0);
    }
    assertNothingIsLeft();
  }

  private static void report(List<BadClient> bad, long mostHeld, long mostUnsent) {
    System.out.printf(
        "%d bad clients sent %,d bytes; at most %,d bytes were held for all, and %,d by the kernel"
            + " for one%n",
        bad.size(), bad.stream().mapToLong(BadClient::sentBytes).sum(), mostHeld, mostUnsent);
  }

  private static void close(List<BadClient> bad) throws IOException {
    for (BadClient client : bad) {
      client.close();
    }
  }

  /** Each request is answered once; in the order of the requests where the platform keeps it. */
  private void assertAnswers(ChatClient asking, int step) {
    List<String> wanted = new ArrayList<>();
    for (int i = 0; i < REQUESTS_PER_STEP; i++) {
      String id = "good-%d-%02d".formatted(step, i);
      wanted.add("{\"id\":\"%s\",\"body\":\"\"}".formatted(id));
      asking.send(AbusiveFrames.request(id, ""));
    }
    List<String> answers = new ArrayList<>();
    while (answers.size() < wanted.size()) {
      String next = asking.next();
      if (next.startsWith("{\"id\":\"good-")) {
        answers.add(next);
      }
    }
    if (!keepsOrder()) {
      answers.sort(null);
    }
    assertEquals(wanted, answers);
  }
}
