package dev.fanbench.baseline;

import dev.fanbench.protocol.contract.AuthenticationContract;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AuthenticationContractTest implements AuthenticationContract {
  private static final TokenKey KEY = TokenKey.random();
  private static NettyServer server;

  @BeforeAll
  static void start() throws IOException {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withRules(ConnectionRules.defaults().withTokens(Optional.of(KEY))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  public URI url() {
    return server.url();
  }

  @Override
  public TokenKey key() {
    return KEY;
  }
}
