package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a client may send, and what it is told when it sends more. */
@Shows(AwsChecklist.FRAME_SIZES)
class FrameSizeTest {
  private static final int FRAME = 32 * 1024;
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void binaryFrameCloses() throws Exception {
    try (RawSocket raw = RawSocket.connect(api.url())) {
      raw.frame(RawSocket.BINARY, true, new byte[1]);
      assertEquals(1003, raw.closeCode());
    }
  }

  @Test
  void messageMayHaveFourFramesOf32Kilobytes() throws Exception {
    try (RawSocket raw = RawSocket.connect(api.url())) {
      fourFrames(raw, true);
      assertTrue(raw.next().text().startsWith("{\"message\": \"Forbidden\""));
    }
  }

  @Test
  void oneByteMoreCloses() throws Exception {
    long before = hits("quota.messageBytes");
    try (RawSocket raw = RawSocket.connect(api.url())) {
      fourFrames(raw, false);
      raw.frame(RawSocket.CONTINUATION, true, new byte[1]);
      assertEquals(1009, raw.closeCode());
    }
    assertEquals(before + 1, hits("quota.messageBytes"));
  }

  @Test
  void frameOfOneByteMoreCloses() throws Exception {
    long before = hits("quota.frameBytes");
    try (RawSocket raw = RawSocket.connect(api.url())) {
      raw.frame(RawSocket.TEXT, true, new byte[FRAME + 1]);
      assertEquals(1009, raw.closeCode());
    }
    assertEquals(before + 1, hits("quota.frameBytes"));
  }

  private static void fourFrames(RawSocket raw, boolean end) throws IOException {
    byte[] quarter = "x".repeat(FRAME).getBytes(US_ASCII);
    raw.frame(RawSocket.TEXT, false, quarter);
    raw.frame(RawSocket.CONTINUATION, false, quarter);
    raw.frame(RawSocket.CONTINUATION, false, quarter);
    raw.frame(RawSocket.CONTINUATION, end, quarter);
  }

  private static long hits(String counter) {
    Map<String, Long> counters = api.emulator().counters();
    return counters.getOrDefault(counter, 0L);
  }
}
