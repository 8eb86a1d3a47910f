package dev.fanbench.emulator;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The chat's whole contract once more, with everything that outlives an event in Redis. */
class RedisContractTest implements EmulatorContract {
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    emulator = Emulator.start(EmulatorOptions.standard().withParameters(Map.of("Store", "redis")));
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Override
  public Emulator emulator() {
    return emulator;
  }
}
