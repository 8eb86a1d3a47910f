package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.ChatServerContract;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The chat's whole contract, on the functions that AWS gets. */
class EmulatorContractTest implements ChatServerContract {
  private static final long POLL_NANOS = 500_000;
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
  public URI url() {
    return emulator.url();
  }

  @Override
  public void settle() {
    while (emulator.counters().get("lambda.inProgress") > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
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
