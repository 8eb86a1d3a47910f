package dev.fanbench.emulator;

import dev.fanbench.protocol.auth.TokenKey;
import dev.fanbench.protocol.contract.AuthenticationContract;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The authorizer function that AWS gets, between API Gateway and the chat. */
class AuthenticationContractTest implements AuthenticationContract {
  private static final TokenKey KEY = TokenKey.random();
  private static Emulator emulator;

  @BeforeAll
  static void start() throws IOException {
    emulator = Emulator.start(SharedStore.chat().withTokens(KEY));
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
  public TokenKey key() {
    return KEY;
  }
}
