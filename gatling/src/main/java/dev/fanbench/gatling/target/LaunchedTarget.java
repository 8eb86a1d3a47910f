package dev.fanbench.gatling.target;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.fleet.HandshakeCredential;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.target.Ready;
import dev.fanbench.tokens.TokenKey;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A child process of ours, which an outage may replace by another one. Thread-safe. */
final class LaunchedTarget implements Target {
  private static final int ANY_PORT = 0;

  private final Launch launch;
  private final HandshakeCredential credential;
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private volatile TargetProcess process;
  private volatile Ready ready;
  private boolean closing;

  private LaunchedTarget(Launch launch, HandshakeCredential credential) {
    this.launch = launch;
    this.credential = credential;
  }

  static LaunchedTarget start(TargetChoice.Started choice, Options options, Pinning pinning)
      throws TargetFailure, InterruptedException {
    LaunchedTarget target = of(LaunchPlan.of(choice, options), options, pinning);
    target.begin();
    target.awaitReady();
    return target;
  }

  /** A target that has not begun. */
  static LaunchedTarget of(LaunchPlan plan, Options options, Pinning pinning) {
    return options.auth() && plan.server().takesTokens()
        ? askingForTokens(plan, options, pinning)
        : new LaunchedTarget(
            new Launch(plan, options, pinning, Map.of()), HandshakeCredential.none());
  }

  /** Another one with the same arguments and the same credentials, which has not begun. */
  LaunchedTarget twin() {
    return new LaunchedTarget(launch, credential);
  }

  /** Starts the process on any free port; does not wait for it to be ready. */
  void begin() throws TargetFailure {
    run(launch.at(ANY_PORT));
  }

  /** Waits until it accepts connections. */
  void awaitReady() throws TargetFailure, InterruptedException {
    ready = process.awaitReady();
  }

  private static LaunchedTarget askingForTokens(LaunchPlan plan, Options options, Pinning pinning) {
    TokenKey key = TokenKey.random();
    Map<String, String> environment = Map.of(TokenKey.VARIABLE, key.secret());
    return new LaunchedTarget(
        new Launch(plan.withAuth(), options, pinning, environment),
        HandshakeCredential.tokens(LoadUserList.of(key, Instant.now())));
  }

  private void run(TargetProcess started) {
    process = started;
    var unused = started.died().thenAccept(this::onDeath);
  }

  private void onDeath(Process dead) {
    ended.complete(
        "target died: "
            + launch.plan().label()
            + " (process "
            + dead.pid()
            + ") ended with exit code "
            + dead.exitValue());
  }

  @Override
  public URI url() {
    return ready.url();
  }

  @Override
  public TargetDescription description() {
    return new TargetDescription(
        launch.plan().label(),
        ready.url().toString(),
        true,
        "this machine, loopback, a process of its own",
        launch.plan().server().kind().key(),
        modelled(),
        settings());
  }

  /** The options, and the target's own choices. */
  private Map<String, String> settings() {
    Map<String, String> settings = launch.plan().settings();
    if (ready.transport() != null) {
      settings.put("transport", ready.transport());
    }
    ServerVersion.of(launch.plan().server())
        .ifPresent(version -> settings.put(TargetDescription.VERSION, version));
    return settings;
  }

  /** The modelled parts of the plan, and the latencies that the target reports. */
  private List<String> modelled() {
    List<String> modelled = new ArrayList<>(launch.plan().modelled());
    if (ready.latencies() != null) {
      modelled.add("latencies: model " + ready.latencies());
    }
    return modelled;
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(ready.pid());
  }

  @Override
  public Map<String, Double> counters() {
    return ready.control() == null ? Map.of() : new CounterReader(ready.control()).read();
  }

  @Override
  public void inject(String fault) throws TargetFailure {
    if (ready.control() == null) {
      throw new TargetFailure(launch.plan().label() + " takes no faults: it has no control URL.");
    }
    FaultWriter.post(ready.control(), fault);
  }

  @Override
  public boolean collectGarbage() {
    URI control = ready.control();
    return control != null && GarbageCollection.request(control);
  }

  /** API Gateway's connections do not end with a process, so the emulator drops them instead. */
  @Override
  public boolean undergo(Outage outage) throws TargetFailure, InterruptedException {
    boolean told = outage == Outage.GRACEFUL;
    if (launch.plan().isServerless()) {
      inject("{\"dropConnections\":" + (told ? 1001 : 1006) + "}");
      return false;
    }
    if (told) {
      process.close();
    } else {
      process.kill();
    }
    startAgain(ready.url().getPort());
    ready = process.awaitReady();
    return true;
  }

  private synchronized void startAgain(int port) throws TargetFailure {
    if (closing) {
      throw new TargetFailure(launch.plan().label() + " was closed while it was down.");
    }
    run(launch.confined().at(port));
  }

  @Override
  public HandshakeCredential credential() {
    return credential;
  }

  @Override
  public Dialect dialect() {
    return launch.plan().server().dialect();
  }

  @Override
  public CompletableFuture<String> ended() {
    return ended;
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
    }
    if (process != null) {
      process.close();
    }
  }
}
