package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.target.TargetCounter;
import org.junit.jupiter.api.Test;

class DeclaredCounterTest {

  /** The load stores a gauge as it is and a total as growth, so each counter says which it is. */
  @Test
  void kindOfEachCounterIsDeclared() throws Exception {
    try (TestApi api =
        TestApi.start(options -> options.withLatency(new Latency(LatencyModel.named("aws"), 1)))) {
      Client.connect(api.url());
      api.emulator()
          .counters()
          .keySet()
          .forEach(
              name ->
                  assertTrue(
                      TargetCounter.of(name).isPresent(), name + ": declare it in TargetCounter"));
    }
  }
}
