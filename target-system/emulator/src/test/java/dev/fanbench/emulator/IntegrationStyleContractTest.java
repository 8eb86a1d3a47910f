package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.ConversationContract;
import org.junit.jupiter.api.Nested;

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

  abstract static class Behind extends StyledEmulator implements ConversationContract {
    Behind(String style) {
      super(SharedStore.chat(), style);
    }

    @Override
    public boolean keepsOrder() {
      return false;
    }
  }
}
