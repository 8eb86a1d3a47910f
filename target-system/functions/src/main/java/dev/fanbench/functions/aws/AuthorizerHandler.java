package dev.fanbench.functions.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.event.AuthorizerEvent;
import dev.fanbench.functions.event.Policy;
import dev.fanbench.tokens.TokenExpiry;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;

/**
 * The authorizer of {@code $connect}: says whose token a client has. No DynamoDB call.
 *
 * <p>API Gateway keeps the user with the connection and says so in each of its events, {@code
 * $connect} among them, which is where the registry links the two.
 */
public final class AuthorizerHandler implements RequestStreamHandler {
  private final TokenKey key;
  private final Clock clock;

  /** Called once per execution environment. */
  public AuthorizerHandler() {
    this.key =
        TokenKey.of(DeploymentSettings::variable)
            .withExpiry(TokenExpiry.named(DeploymentSettings.variable("FANBENCH_TOKEN_EXPIRY")));
    this.clock = Clock.systemUTC();
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    AuthorizerEvent event = AuthorizerEvent.read(in);
    // The one error message that API Gateway answers with 401 and not with 500.
    var credential =
        event.credential().orElseThrow(() -> new IllegalStateException("Unauthorized"));
    key.user(credential, clock.instant())
        .map(user -> Policy.allow(user, event.methodArn()))
        .orElseGet(() -> Policy.deny(event.methodArn()))
        .write(out);
  }
}
