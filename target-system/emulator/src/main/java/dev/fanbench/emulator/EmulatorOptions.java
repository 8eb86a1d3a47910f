package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.AssumedBehavior;
import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.gateway.ConnectionObserver;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.emulator.template.LocalSecretStore;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.tls.TlsChoice;
import dev.fanbench.tokens.TokenKey;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options of an emulator. Immutable; {@code with…} methods return changed copies.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param parameters values for the template's parameters; the others have their defaults
 * @param variables environment variables of all functions, beside those of the template, which they
 *     replace
 * @param secrets values for the template's dynamic references
 * @param template the text of a template
 * @param api the logical name of the API to serve; needed when the template has several
 * @param folder the folder of the template, which the code of its functions is relative to
 * @param concurrency the most functions that run at a time; AWS allows 1,000 per account, a laptop
 *     has fewer threads
 * @param quotas of the account
 * @param handlers loads the handlers
 * @param isolation the place of Java functions that the emulator has itself
 * @param store opens the functions' store
 * @param latency the least duration of each hop
 * @param signatures the callers that may post to connections
 * @param assumptions the front door's behaviour where the behaviour of AWS is unknown
 * @param tls whether clients may use TLS on the same port
 * @param clock gives the age of connections and signatures, and the times in events
 * @param observer sees connections and posts
 */
@RecordBuilder
public record EmulatorOptions(
    String host,
    int port,
    Map<String, String> parameters,
    Map<String, String> variables,
    LocalSecretStore secrets,
    String template,
    Optional<String> api,
    Path folder,
    int concurrency,
    QuotaSet quotas,
    HandlerLoader handlers,
    Isolation isolation,
    StoreSource store,
    Latency latency,
    CallerCheck signatures,
    AssumedBehavior assumptions,
    TlsChoice tls,
    Clock clock,
    Optional<ConnectionObserver> observer)
    implements EmulatorOptionsBuilder.With {

  /** The name that this machine has its token secret under. */
  private static final String TOKEN_SECRET = "local/jwt";

  /**
   * Functions that run at most where no latencies are added. Each is work for a core then: more at
   * once share the cores, take longer, and keep more alive for the collector to copy.
   */
  static final int MOST_WORKING = 8;

  /** The same where latencies are added, and most requests wait for them. */
  static final int MOST_WAITING = 32;

  /** Checks the numbers. */
  public EmulatorOptions {
    parameters = Map.copyOf(parameters);
    variables = Map.copyOf(variables);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "--port=%d is not allowed; --port takes 0 to 65535".formatted(port));
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "--concurrency=%d is not allowed; --concurrency takes 1 or more".formatted(concurrency));
    }
  }

  /** The chat of this repository on a free port, with AWS's quotas and no latencies. */
  public static EmulatorOptions standard() {
    return new EmulatorOptions(
        "127.0.0.1",
        0,
        Map.of(),
        Map.of(),
        LocalSecretStore.none(),
        Template.builtIn(),
        Optional.empty(),
        Path.of(""),
        MOST_WORKING,
        QuotaSet.standard(),
        HandlerLoader.classPath(),
        Isolation.SHARED,
        LocalStore::start,
        new Latency(LatencyModel.none(), 0),
        CallerCheck.standard(),
        AssumedBehavior.standard(),
        TlsChoice.off(),
        Clock.systemUTC(),
        Optional.empty());
  }

  /** A copy of these options with another address. */
  public EmulatorOptions withAddress(String newHost, int newPort) {
    return withHost(newHost).withPort(newPort);
  }

  /** Another stage, which is the template's parameter {@code StageName}. */
  public EmulatorOptions withStage(String other) {
    return withParameters(Map.of("StageName", other));
  }

  /** A copy of these options with further values for the template's parameters. */
  @Override
  public EmulatorOptions withParameters(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(more);
    return EmulatorOptionsBuilder.builder(this).parameters(all).build();
  }

  /** For bearers of a key's tokens only: the chat's own authorizer. */
  public EmulatorOptions withTokens(TokenKey key) {
    return withParameters(Map.of("Authorizer", "jwt", "JwtSecretName", TOKEN_SECRET))
        .withSecrets(secrets.with(TOKEN_SECRET, key.secret()));
  }

  /** Starts the store of a template, or has one that was started before. */
  @FunctionalInterface
  public interface StoreSource {
    /**
     * The store, with what the template has in it, whose calls take so long at least and are
     * refused beyond these quotas; the emulator closes it.
     */
    LocalStore start(Template template, Latency latency, QuotaCheck quotas);
  }
}
