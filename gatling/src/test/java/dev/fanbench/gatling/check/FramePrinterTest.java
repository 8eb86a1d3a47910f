package dev.fanbench.gatling.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.gatling.fleet.IdentityTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frames of a check are lines that a person can read, whatever a server sends. */
class FramePrinterTest {
  private final List<String> lines = new ArrayList<>();
  private final FramePrinter printer = new FramePrinter(IdentityTable.numbered(""), lines::add);

  @Test
  void anEndlessServerIsCutOffAfterFortyFrames() {
    for (int i = 0; i < 10_000; i++) {
      received("tick " + i);
    }
    assertEquals(FramePrinter.MOST_FRAMES + 1, lines.size());
    assertEquals("    A ← tick 39", lines.get(39));
    assertEquals("    A   further frames are not shown", lines.get(40));
  }

  @Test
  void aFrameIsCutTo200Characters() {
    received("x".repeat(201));
    assertEquals("    A ← " + "x".repeat(200) + "…", lines.get(0));
    received("x".repeat(200));
    assertEquals("    A ← " + "x".repeat(200), lines.get(1));
  }

  @Test
  void keepAlivesAreCountedByKind() {
    assertEquals("", printer.keepAlives());
    printer.keptAlive(null, "a ping of WebSocket", true);
    printer.keptAlive(null, "a ping of WebSocket", true);
    printer.keptAlive(null, "a frame that is 'ka'", false);
    printer.beat(null);
    assertEquals(
        "1 times a frame that is 'ka', which needs no answer; 2 times a ping of WebSocket, answered;"
            + " 1 times the clients' own keep-alive",
        printer.keepAlives());
  }

  private void received(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    printer.received(null, bytes, 0, bytes.length);
  }
}
