package dev.fanbench.measurement.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortRangeTest {
  @TempDir private Path directory;

  @Test
  void isThatOfTheSystem() throws IOException {
    Path file = Files.writeString(directory.resolve("range"), "1024\t65535\n");
    assertEquals(new PortRange(1_024, 65_535), PortRange.read(file));
    assertEquals(PortRange.DEFAULT, PortRange.read(directory.resolve("none")));
    assertTrue(PortRange.ofThisMachine().count() > 0);
  }

  @Test
  void eachAddressHasAllPorts() {
    PortRange range = PortRange.DEFAULT;
    assertDoesNotThrow(() -> range.require(2 * 28_232, 2));
    assertEquals(
        "56,465 connections to one target need more ports than this machine has: 28,232 for each"
            + " of its 2 source addresses allow 56,464; name more of them with sources=",
        assertThrows(IllegalArgumentException.class, () -> range.require(2 * 28_232 + 1, 2))
            .getMessage());
  }
}
