package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said is kept, wherever the target keeps it. */
public interface HistoryContract extends TargetUnderContract {

  /**
   * Words that were said in a room.
   *
   * @param atMillis when, in milliseconds of Unix time
   * @param name what the speaker was called then
   */
  record Kept(long atMillis, String name, String text) {}

  /** What the target has kept of a room, oldest first. */
  List<Kept> kept(String room);

  @Test
  default void whatIsSaidIsKeptWithItsTimeAndSpeaker() {
    String room = RoomContract.freshRoom();
    String text = "{\"x\": \"gr\u00fc\u00dfe\"}";
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      sender.ask("/name b  z");
      sender.send(text);
      assertEquals("#" + room + " b  z: " + text, other.next());
      settle();
      List<Kept> kept = kept(room);
      assertEquals(1, kept.size());
      long at = kept.get(0).atMillis();
      assertEquals(new Kept(at, "b  z", text), kept.get(0));
      long age = Instant.now().toEpochMilli() - at;
      assertTrue(Math.abs(age) <= 60_000, () -> "not in milliseconds of Unix time: " + at);
    }
  }
}
