package dev.fanbench.emulator;

import dev.fanbench.protocol.auth.TokenKey;
import dev.fanbench.protocol.contract.AuthenticationContract;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The authorizer function that AWS gets, between API Gateway and the chat behind each style. */
class AuthenticationContractTest {

  @Nested
  class LambdaProxy extends Behind {
    LambdaProxy() {
      super("lambda-proxy");
    }
  }

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
  abstract static class Behind implements AuthenticationContract {
    private final TokenKey key = TokenKey.random();
    private final String style;
    private Emulator emulator;

    Behind(String style) {
      this.style = style;
    }

    @BeforeAll
    void start() throws IOException {
      emulator =
          Emulator.start(
              SharedStore.chat().withTokens(key).withParameters(Map.of("Integration", style)));
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
    public TokenKey key() {
      return key;
    }

    @Override
    public void settle() {
      EmulatorContract.settle(emulator);
    }
  }
}
