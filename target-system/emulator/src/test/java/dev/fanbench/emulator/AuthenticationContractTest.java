package dev.fanbench.emulator;

import dev.fanbench.protocol.contract.AuthenticationContract;
import dev.fanbench.tokens.TokenKey;
import org.junit.jupiter.api.Nested;

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

  abstract static class Behind extends StyledEmulator implements AuthenticationContract {
    private static final TokenKey KEY = TokenKey.random();

    Behind(String style) {
      super(SharedStore.chat().withTokens(KEY), style);
    }

    @Override
    public TokenKey key() {
      return KEY;
    }
  }
}
