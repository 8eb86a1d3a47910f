package dev.fanbench.emulator;

import dev.fanbench.emulator.tls.TlsChoice;
import java.nio.file.Path;
import java.util.List;

/** The chat itself, with a process for each environment, posting by TLS. */
class JavaProcessChatTest extends SampleChat {
  JavaProcessChatTest() {
    super(Path.of("."));
  }

  @Override
  EmulatorOptions options() {
    return EmulatorOptions.standard()
        .withIsolation(Isolation.PROCESS)
        .withTls(new TlsChoice(true, List.of()));
  }
}
