package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.CallerCheck;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The chat in Bash with curl and jq, which starts some twenty programs for each message. */
@Tag("soak")
class BashChatTest extends SampleChat {
  BashChatTest() {
    super(Path.of("chats/bash"), "bash", "curl", "jq");
  }

  /** Old versions of curl sign another path than they send. */
  @Override
  EmulatorOptions options() throws IOException {
    return super.options().withSignatures(CallerCheck.off());
  }
}
