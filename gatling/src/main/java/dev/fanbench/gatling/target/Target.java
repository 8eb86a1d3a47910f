package dev.fanbench.gatling.target;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.fleet.HandshakeCredential;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Outage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A target that accepts connections. Thread-safe.
 *
 * <p>A launched one has a process, which can be read and which can die; a remote one is a URL and
 * nothing else.
 */
public sealed interface Target extends AutoCloseable
    permits LaunchedTarget, NodeCluster, Target.Remote {

  /** The address for clients. */
  URI url();

  /** The addresses that clients connect to in turn: one for each node. */
  default List<URI> urls() {
    return List.of(url());
  }

  /** For the run directory. */
  TargetDescription description();

  /** Its process on this machine; empty for a remote target. */
  OptionalLong pid();

  /** The processes that fanbench has started for it, whose children are its own, too. */
  default List<Long> roots() {
    return pid().stream().boxed().toList();
  }

  /** The processes whose CPU and memory are the target's; empty when they are not known. */
  default Optional<ProcessSet> metered() {
    OptionalLong process = pid();
    return process.isPresent()
        ? Optional.of(new ProcessSet.Tree(process.getAsLong()))
        : Optional.empty();
  }

  /** Its own counters by name; empty when it has none or does not answer. */
  Map<String, Double> counters();

  /**
   * Causes what no client can, at its control URL.
   *
   * @param fault as JSON, {@code {"loseDisconnects":1}}
   * @throws TargetFailure when it does not know the fault, or has no control URL
   */
  void inject(String fault) throws TargetFailure;

  /**
   * Collects its garbage, so that its heap in use is what it needs. Blocks until it has.
   *
   * @return whether it did; a server that fanbench did not build cannot
   */
  default boolean collectGarbage() {
    return false;
  }

  /**
   * Loses every connection, as the outage says, and takes new ones at the same URL. Blocks until it
   * does.
   *
   * @return whether it was down meanwhile, and is another process now
   * @throws TargetFailure when it does not come back, or cannot be made to
   */
  boolean undergo(Outage outage) throws TargetFailure, InterruptedException;

  /** The credential that connects carry. */
  HandshakeCredential credential();

  /** The protocol that it speaks. */
  Dialect dialect();

  /** Completes with a sentence when it ends without being asked to; never for a remote target. */
  CompletableFuture<String> ended();

  /** Ends a launched target; leaves a remote one alone. Safe to call twice. */
  @Override
  void close();

  /** Starts or takes the target that was chosen. Blocks until it is ready. */
  static Target start(TargetChoice choice, Options options, Pinning pinning)
      throws TargetFailure, InterruptedException {
    if (choice instanceof TargetChoice.Remote remote) {
      return new Remote(remote, options);
    }
    TargetChoice.Started started = (TargetChoice.Started) choice;
    int nodes = options.get(OptionCatalog.NODES);
    return nodes > 1 && started.server().hasNodes()
        ? NodeCluster.start(started, options, pinning, nodes)
        : LaunchedTarget.start(started, options, pinning);
  }

  /** A server that runs already. */
  final class Remote implements Target {
    private final TargetChoice.Remote choice;
    private final Options options;
    private final HandshakeCredential credential;
    private final CompletableFuture<String> never = new CompletableFuture<>();

    private Remote(TargetChoice.Remote choice, Options options) {
      this.choice = choice;
      this.options = options;
      this.credential = ConnectSigner.of(options, choice.url());
    }

    @Override
    public URI url() {
      return choice.url();
    }

    @Override
    public List<URI> urls() {
      return choice.urls();
    }

    @Override
    public TargetDescription description() {
      return new TargetDescription(
          choice.label(),
          choice.urls().stream().map(Remote::withoutQuery).collect(Collectors.joining(", ")),
          false,
          "a server that was running already; "
              + metered()
                  .map(set -> "its CPU and memory are those of " + set.words())
                  .orElse("its CPU, memory and counters are not available"),
          "remote",
          List.of(),
          settings());
    }

    private Map<String, String> settings() {
      String dialect = options.dialect().name();
      return choice.url().getScheme().equals("wss")
          ? Map.of("dialect", dialect, "trust", options.trust().words())
          : Map.of("dialect", dialect);
    }

    /** A query may hold a token, and run directories are shown to others. */
    private static String withoutQuery(URI url) {
      String text = url.toString();
      int query = text.indexOf('?');
      return query < 0 ? text : text.substring(0, query);
    }

    @Override
    public OptionalLong pid() {
      return OptionalLong.empty();
    }

    @Override
    public Optional<ProcessSet> metered() {
      return options.metered();
    }

    @Override
    public Map<String, Double> counters() {
      return Map.of();
    }

    @Override
    public void inject(String fault) throws TargetFailure {
      throw new TargetFailure(choice.label() + " takes no faults: it has no control URL.");
    }

    @Override
    public boolean undergo(Outage outage) throws TargetFailure {
      throw new TargetFailure(choice.label() + " cannot be stopped from here.");
    }

    @Override
    public HandshakeCredential credential() {
      return credential;
    }

    @Override
    public Dialect dialect() {
      return options.dialect();
    }

    @Override
    public CompletableFuture<String> ended() {
      return never;
    }

    @Override
    public void close() {
      // Not ours to stop.
    }
  }
}
