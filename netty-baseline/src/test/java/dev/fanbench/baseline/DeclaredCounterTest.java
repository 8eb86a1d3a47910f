package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeclaredCounterTest {

  /** The load stores a gauge as it is and a total as growth, so each counter says which it is. */
  @Test
  void kindOfEachCounterIsDeclared() throws IOException {
    try (NettyServer server = NettyServer.start(ServerOptions.defaults())) {
      server
          .counters()
          .keySet()
          .forEach(
              name ->
                  assertTrue(
                      TargetCounter.of(name).isPresent(), name + ": declare it in TargetCounter"));
    }
  }
}
