package dev.fanbench.jmh.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RoomProcessTest {
  /** Closing a room fails when the audit of its process does. */
  @Test
  void aRoomInAProcessOfItsOwnPublishesAsOneInThisDoes() throws Exception {
    try (RoomProcess floor = RoomProcess.floor(5, "two words");
        RoomProcess ours = RoomProcess.start(BroadcastKind.JOINED, 5, "two words")) {
      assertEquals(5 * 20, floor.publish(20, 1).writes());
      assertEquals(5 * 20, ours.publish(20, 1).writes());
      assertEquals(5, ours.publish(20, 20).writes());
    }
  }

  @Test
  void aRoomThatCannotBeOpenedSaysSo() {
    assertThrows(IOException.class, () -> RoomProcess.floor(-1, "text"));
  }
}
