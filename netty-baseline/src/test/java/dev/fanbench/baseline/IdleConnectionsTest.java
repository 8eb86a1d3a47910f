package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.idle.IdleConnections;
import dev.fanbench.protocol.idle.TargetProcess;
import dev.fanbench.protocol.idle.TargetProcess.Memory;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a connection costs that says nothing, in a server process of its own. */
@Tag("soak")
class IdleConnectionsTest {
  /** A process may have 20,000 files here. */
  private static final int CONNECTIONS = 18_000;

  private static final int WARM_UP = 2_000;
  private static final int MOST_BYTES = 8 * 1024;

  @Test
  void takesNoMoreThanEightKilobytes() throws Exception {
    try (TargetProcess target = TargetProcess.start(NettyTarget.class, "512m")) {
      URI url = target.ready().url();
      IdleConnections.open(url, WARM_UP).close();
      target.awaitOpen(0);
      Memory before = target.memory();
      long kernelBefore = TargetProcess.kernelBytes();
      try (IdleConnections open = IdleConnections.open(url, CONNECTIONS)) {
        target.awaitOpen(CONNECTIONS);
        long bytes = target.memory().bytesSince(before) / CONNECTIONS;
        System.out.printf(
            "%d idle connections: %,d bytes each in the server, %,d in the kernel (both"
                + " ends); %,.0f connects/s%n",
            CONNECTIONS,
            bytes,
            (TargetProcess.kernelBytes() - kernelBefore) / CONNECTIONS,
            open.perSecond());
        assertTrue(bytes <= MOST_BYTES, bytes + " bytes for each connection");
      }
      target.awaitOpen(0);
    }
  }
}
