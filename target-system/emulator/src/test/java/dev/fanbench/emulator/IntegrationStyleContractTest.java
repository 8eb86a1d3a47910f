package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.ConversationContract;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The same chat behind each style; {@link EmulatorContractTest} has it behind a Lambda proxy. */
class IntegrationStyleContractTest {

  @Nested
  class Lambda extends Behind {
    Lambda() {
      super("lambda");
    }
  }

  @Nested
  class HttpProxy extends Behind {
    HttpProxy() {
      super("http-proxy");
    }
  }

  @Nested
  class Http extends Behind {
    Http() {
      super("http");
    }
  }

  @TestInstance(Lifecycle.PER_CLASS)
  abstract static class Behind implements ConversationContract {
    private final String style;
    private Emulator emulator;

    Behind(String style) {
      this.style = style;
    }

    @BeforeAll
    void start() throws IOException {
      emulator = Emulator.start(SharedStore.chat().withParameters(Map.of("Integration", style)));
    }

    @AfterAll
    void stop() {
      emulator.close();
    }

    @Override
    public URI url() {
      return emulator.url();
    }

    @Override
    public void settle() {
      EmulatorContract.settle(emulator);
    }

    @Override
    public boolean keepsOrder() {
      return false;
    }
  }
}
