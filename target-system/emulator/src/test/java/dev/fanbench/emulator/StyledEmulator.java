package dev.fanbench.emulator;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The chat behind one integration style, for all tests of a contract. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StyledEmulator {
  private final EmulatorOptions options;
  private Emulator emulator;

  StyledEmulator(EmulatorOptions options, String style) {
    this.options = options.withParameters(Map.of("Integration", style));
  }

  @BeforeAll
  void start() throws IOException {
    emulator = Emulator.start(options);
  }

  @AfterAll
  void stop() {
    emulator.close();
  }

  public URI url() {
    return emulator.url();
  }

  public void settle() {
    EmulatorContract.settle(emulator);
  }
}
