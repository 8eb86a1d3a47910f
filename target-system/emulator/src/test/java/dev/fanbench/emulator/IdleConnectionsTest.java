package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.idle.IdleConnections;
import dev.fanbench.protocol.idle.TargetProcess;
import dev.fanbench.protocol.idle.TargetProcess.Memory;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 18,000 connections at the rate of a new account, each with its function and its rows. */
@Tag("soak")
class IdleConnectionsTest {
  private static final int CONNECTIONS = 18_000;
  private static final int WARM_UP = 4_000;

  /** What AWS lets a new account have. */
  private static final double PER_SECOND = 500;

  private static final int WAITING = 64;

  /** Until a function has been told of the end of each. */
  private static final Duration DISCONNECTS = Duration.ofMinutes(2);

  @Test
  void fiveHundredConnectsASecondAreSustained() throws Exception {
    try (TargetProcess target = TargetProcess.start(ServerlessTarget.class, "1g")) {
      URI url = target.ready().url();
      IdleConnections.open(url, WARM_UP, PER_SECOND / 2, WAITING).close();
      target.awaitOpen(0);
      target.await("integrations.inProgress", 0, DISCONNECTS);
      Memory before = target.memory();
      Duration cpuBefore = target.cpu();
      try (IdleConnections open = IdleConnections.open(url, CONNECTIONS, PER_SECOND, WAITING)) {
        target.awaitOpen(CONNECTIONS);
        Duration cpu = target.cpu().minus(cpuBefore);
        System.out.printf(
            "%d idle connections: %,d bytes each, store included; %,.0f connects/s at %,d us of CPU"
                + " each%n",
            CONNECTIONS,
            target.memory().bytesSince(before) / CONNECTIONS,
            open.perSecond(),
            cpu.toNanos() / 1_000 / CONNECTIONS);
        assertEquals(0, target.counter("connections.refused"));
        assertTrue(open.perSecond() >= PER_SECOND * 0.99, open.perSecond() + " connects/s");
      }
    }
  }
}
