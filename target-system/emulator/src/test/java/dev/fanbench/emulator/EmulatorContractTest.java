package dev.fanbench.emulator;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The chat's whole contract, on the functions that AWS gets. */
class EmulatorContractTest implements EmulatorContract {
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    Leaks.watch();
    emulator = Emulator.start(SharedStore.chat());
  }

  @AfterAll
  static void stop() {
    emulator.close();
    Leaks.assertNone();
  }

  @Override
  public Emulator emulator() {
    return emulator;
  }
}
