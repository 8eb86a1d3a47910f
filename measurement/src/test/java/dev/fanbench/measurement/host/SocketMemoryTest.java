package dev.fanbench.measurement.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketMemoryTest {
  @TempDir private Path proc;

  @Test
  void cachesOfSocketsAndPagesOfBuffersAreCounted() throws IOException {
    Files.writeString(
        proc.resolve("slabinfo"),
        """
        slabinfo - version: 2.1
        # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab>
        ext4_inode_cache     50     50   1000   13    8 : tunables    0    0    0
        TCP                  10     13   2368   13    8 : tunables    0    0    0
        sock_inode_cache     12     19    832   19    4 : tunables    0    0    0
        """);
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/sockstat"),
        "sockets: used 22\nTCP: inuse 10 orphan 0 tw 2 alloc 11 mem 3\nUDP: inuse 0 mem 7\n");

    SocketMemory memory = SocketMemory.read(proc);

    assertEquals(OptionalLong.of(10 * 2368 + 12 * 832), memory.slabBytes());
    assertEquals(OptionalLong.of(3 * 4096), memory.bufferBytes());
  }

  @Test
  void amountsThatCannotBeReadAreUnknown() {
    SocketMemory memory = SocketMemory.read(proc);

    assertEquals(OptionalLong.empty(), memory.slabBytes());
    assertEquals(OptionalLong.empty(), memory.bufferBytes());
  }
}
