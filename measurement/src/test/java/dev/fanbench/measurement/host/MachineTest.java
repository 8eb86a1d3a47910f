package dev.fanbench.measurement.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir private Path root;

  @Test
  void saysWhatTheSystemTells() throws IOException {
    Files.writeString(
        root.resolve("cpuinfo"),
        """
        processor\t: 0
        model name\t: Some CPU @ 3 GHz
        flags\t\t: fpu hypervisor
        processor\t: 1
        model name\t: Some CPU @ 3 GHz
        """);
    Map<String, String> words = Machine.describe(root, root);
    assertEquals("Some CPU @ 3 GHz", words.get("cpu"));
    assertEquals("2", words.get("cores"));
    assertEquals("virtual", words.get("machine"));
    assertTrue(words.containsKey("load JVM"));
    assertFalse(words.containsKey("clock source"));
    assertEquals("cpu", words.keySet().iterator().next());
  }

  @Test
  void describesThisMachine() {
    assertTrue(Machine.describe().containsKey("memory"));
  }

  @Test
  void namesHowManyConnectionsFit() {
    OpenFileCount files = new OpenFileCount(1_024, 24);
    assertDoesNotThrow(() -> files.requireRoomFor(800));
    IllegalArgumentException tooMany =
        assertThrows(IllegalArgumentException.class, () -> files.requireRoomFor(18_000));
    assertEquals(
        "18,000 connections need more open files than this process may have: its limit of 1,024"
            + " allows 800; raise it with ulimit -n",
        tooMany.getMessage());
    assertDoesNotThrow(() -> OpenFileCount.require(1));
  }
}
