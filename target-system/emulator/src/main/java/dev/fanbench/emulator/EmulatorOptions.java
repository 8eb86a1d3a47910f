package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.Assumptions;
import dev.fanbench.emulator.gateway.Signatures;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.Quotas;
import dev.fanbench.emulator.store.Store;
import dev.fanbench.emulator.template.LocalSecrets;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.tokens.TokenKey;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How an emulator is set up. Immutable; {@code with…} methods return changed copies.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any free one
 * @param parameters values for the template's parameters; those not named have their defaults
 * @param secrets what the template's dynamic references get
 * @param template the text of a template
 * @param concurrency functions that run on cores at a time at most; AWS has 1,000 requests per
 *     account, a laptop fewer threads
 * @param quotas of the account
 * @param handlers where handlers come from
 * @param store where functions keep things
 * @param latency how long hops take at least
 * @param signatures who may post to connections
 * @param assumptions what the front door does where nobody knows what AWS does
 * @param clock tells when connections are idle or too old, how old signatures are, and the times in
 *     events
 */
public record EmulatorOptions(
    String host,
    int port,
    Map<String, String> parameters,
    LocalSecrets secrets,
    String template,
    int concurrency,
    Quotas quotas,
    HandlerLoader handlers,
    StoreSource store,
    Latency latency,
    Signatures signatures,
    Assumptions assumptions,
    Clock clock) {

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
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("--port is " + port + "; allowed: 0 to 65535");
    }
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "--concurrency is " + concurrency + "; allowed: 1 and above");
    }
  }

  /** The chat of this repository on a free port, with AWS's quotas and no latencies. */
  public static EmulatorOptions standard() {
    return new EmulatorOptions(
        "127.0.0.1",
        0,
        Map.of(),
        LocalSecrets.none(),
        Template.builtIn(),
        MOST_WORKING,
        Quotas.standard(),
        HandlerLoader.classPath(),
        Store::start,
        new Latency(LatencyModel.none(), 0),
        Signatures.standard(),
        Assumptions.standard(),
        Clock.systemUTC());
  }

  /** Elsewhere. */
  public EmulatorOptions withAddress(String otherHost, int otherPort) {
    return changed(
        copy -> {
          copy.host = otherHost;
          copy.port = otherPort;
        });
  }

  /** Another stage, which is the template's parameter {@code StageName}. */
  public EmulatorOptions withStage(String other) {
    return withParameters(Map.of("StageName", other));
  }

  /** Further values for the template's parameters. */
  public EmulatorOptions withParameters(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(more);
    return changed(copy -> copy.parameters = all);
  }

  /** For bearers of a key's tokens only: the chat's own authorizer. */
  public EmulatorOptions withTokens(TokenKey key) {
    return withParameters(Map.of("Authorizer", "jwt", "JwtSecretName", TOKEN_SECRET))
        .withSecrets(secrets.with(TOKEN_SECRET, key.secret()));
  }

  /** Other secrets. */
  public EmulatorOptions withSecrets(LocalSecrets other) {
    return changed(copy -> copy.secrets = other);
  }

  /** Another template. */
  public EmulatorOptions withTemplate(String other) {
    return changed(copy -> copy.template = other);
  }

  /** Another cap on functions that run. */
  public EmulatorOptions withConcurrency(int other) {
    return changed(copy -> copy.concurrency = other);
  }

  /** Other quotas. */
  public EmulatorOptions withQuotas(Quotas other) {
    return changed(copy -> copy.quotas = other);
  }

  /** Other handlers. */
  public EmulatorOptions withHandlers(HandlerLoader other) {
    return changed(copy -> copy.handlers = other);
  }

  /** Other latencies. */
  public EmulatorOptions withLatency(Latency other) {
    return changed(copy -> copy.latency = other);
  }

  /** Other callers of {@code @connections}. */
  public EmulatorOptions withSignatures(Signatures other) {
    return changed(copy -> copy.signatures = other);
  }

  /** Other assumptions. */
  public EmulatorOptions withAssumptions(Assumptions other) {
    return changed(copy -> copy.assumptions = other);
  }

  /** Another clock. */
  public EmulatorOptions withClock(Clock other) {
    return changed(copy -> copy.clock = other);
  }

  /** Another store. */
  public EmulatorOptions withStore(StoreSource other) {
    return changed(copy -> copy.store = other);
  }

  private EmulatorOptions changed(Consumer<Copy> change) {
    Copy copy = new Copy(this);
    change.accept(copy);
    return copy.options();
  }

  /** Options while one of them is being changed. */
  private static final class Copy {
    private String host;
    private int port;
    private Map<String, String> parameters;
    private LocalSecrets secrets;
    private String template;
    private int concurrency;
    private Quotas quotas;
    private HandlerLoader handlers;
    private StoreSource store;
    private Latency latency;
    private Signatures signatures;
    private Assumptions assumptions;
    private Clock clock;

    Copy(EmulatorOptions options) {
      host = options.host;
      port = options.port;
      parameters = options.parameters;
      secrets = options.secrets;
      template = options.template;
      concurrency = options.concurrency;
      quotas = options.quotas;
      handlers = options.handlers;
      store = options.store;
      latency = options.latency;
      signatures = options.signatures;
      assumptions = options.assumptions;
      clock = options.clock;
    }

    EmulatorOptions options() {
      return new EmulatorOptions(
          host,
          port,
          parameters,
          secrets,
          template,
          concurrency,
          quotas,
          handlers,
          store,
          latency,
          signatures,
          assumptions,
          clock);
    }
  }

  /** Starts the store of a template, or has one that was started before. */
  @FunctionalInterface
  public interface StoreSource {
    /**
     * The store, with what the template has in it, whose calls take so long at least and are
     * refused beyond these quotas; the emulator closes it.
     */
    Store start(Template template, Latency latency, QuotaCheck quotas);
  }
}
