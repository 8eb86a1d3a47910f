package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryNameTest {
  private static final Instant START = Instant.parse("2026-11-20T21:30:00.999Z");

  @TempDir Path directory;

  @Test
  void runsOfOneSecondAreNumbered() throws IOException {
    assertEquals("20261120T213000Z-default-netty", name("default", "netty"));
    assertEquals("20261120T213000Z-default-netty-2", name("default", "netty"));
    assertEquals("20261120T213000Z-default-netty-3", name("default", "netty"));
  }

  @Test
  void otherCharactersAreDashes() throws IOException {
    assertEquals("20261120T213000Z-my-load-ws-host-1_a.b-c", name("my load", "ws://host:1_a.b-c"));
  }

  private String name(String workload, String target) throws IOException {
    Path made =
        RunDirectoryName.newDirectory(directory.resolve("new/runs"), START, workload, target);
    assertTrue(Files.isDirectory(made));
    return made.getFileName().toString();
  }
}
