package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.ChatServerContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The chat's whole contract, on the functions that AWS gets. */
class EmulatorContractTest implements ChatServerContract {
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    emulator = Emulator.start(SharedStore.chat());
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Override
  public URI url() {
    return emulator.url();
  }

  @Override
  public boolean takesBinaryFrames() {
    return false;
  }

  @Override
  public boolean takesLongFrames() {
    return false;
  }

  @Override
  public boolean keepsOrder() {
    return false;
  }
}
