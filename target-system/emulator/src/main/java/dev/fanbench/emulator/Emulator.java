package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.FrontDoor;
import dev.fanbench.emulator.gateway.GatewayFaultSwitch;
import dev.fanbench.emulator.http.LocalEndpoint;
import dev.fanbench.emulator.invoke.InvokeApi;
import dev.fanbench.emulator.lambda.AccountConcurrency;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.lambda.LambdaUsage;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.runtime.ProcessLauncher;
import dev.fanbench.emulator.store.LocalStore;
import dev.fanbench.emulator.store.LoggingChoice;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.LocalHttp;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.tls.CertificateFolder;
import dev.fanbench.emulator.tls.SelfSignedCertificate;
import dev.fanbench.target.FaultInjector;
import dev.fanbench.target.JvmUsage;
import dev.fanbench.target.Ready;
import dev.fanbench.target.RunningTarget;
import dev.fanbench.target.TargetCounter;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The whole serverless side in this process.
 *
 * <pre>{@code
 * try (Emulator emulator = Emulator.start(EmulatorOptions.standard())) {
 *   client.connect(emulator.url());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Functions find their endpoints in system properties, so the functions of a
 * process belong to the emulator that was started last.
 */
public final class Emulator implements RunningTarget {
  private static final String REGION = "us-east-1";

  /** The name that this machine has its HTTP endpoint's secret under. */
  private static final String HTTP_SECRET = "local/http";

  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  /** Host, port and stage, as in {@code 127.0.0.1:9002/dev}. */
  private final String address;

  private final Template template;
  private final LocalStore store;
  private final ProcessLauncher launcher;
  private final Invoker invoker;
  private final InvokeApi functions;
  private final FrontDoor door;
  private final Optional<LocalEndpoint> http;
  private final GatewayFaultSwitch faults;
  private final Optional<CertificateFolder> certificate;
  private final QuotaCheck quotas;
  private final EmulatorOptions options;

  private Emulator(
      String address,
      Template template,
      LocalStore store,
      ProcessLauncher launcher,
      Invoker invoker,
      InvokeApi functions,
      FrontDoor door,
      Optional<LocalEndpoint> http,
      GatewayFaultSwitch faults,
      Optional<CertificateFolder> certificate,
      QuotaCheck quotas,
      EmulatorOptions options) {
    this.address = address;
    this.template = template;
    this.store = store;
    this.launcher = launcher;
    this.invoker = invoker;
    this.functions = functions;
    this.door = door;
    this.http = http;
    this.faults = faults;
    this.certificate = certificate;
    this.quotas = quotas;
    this.options = options;
  }

  /**
   * Starts everything. The store, which takes longest, starts beside all else; no function is
   * loaded before its first request.
   *
   * @throws IOException if the port cannot be had
   * @throws dev.fanbench.emulator.template.TemplateException if the template cannot be deployed
   * @throws dev.fanbench.emulator.store.StoreException if the store cannot be had
   */
  public static Emulator start(EmulatorOptions given) throws IOException {
    LoggingChoice.simple();
    StartRollback rollback = new StartRollback();
    try {
      return start(withHttpSecret(given), rollback);
    } catch (IOException | RuntimeException | Error failed) {
      rollback.closeAfter(failed);
      throw failed;
    }
  }

  private static Emulator start(EmulatorOptions options, StartRollback rollback)
      throws IOException {
    Template asWritten = parse(options, options.parameters());
    Optional<LocalEndpoint> http = localHttp(asWritten, options);
    http.ifPresent(rollback::add);
    Template template =
        http.isPresent() ? withHttp(asWritten, options, http.get().address()) : asWritten;
    QuotaCheck quotas = new QuotaCheck(options.quotas(), options.clock());
    AccountConcurrency.require(quotas, template.functions().values());
    StoreOpening opening =
        rollback.add(
            StoreOpening.begin(() -> options.store().start(template, options.latency(), quotas)));
    ProcessLauncher launcher = rollback.add(launcher(template, options, quotas));
    Invoker invoker =
        rollback.add(
            new Invoker(
                template.functions(),
                launcher,
                options.concurrency(),
                options.latency().model().coldStart(),
                quotas));
    GatewayFaultSwitch faults = new GatewayFaultSwitch();
    Optional<SelfSignedCertificate> identity =
        options.tls().on()
            ? Optional.of(SelfSignedCertificate.create(options.tls(), Clock.systemUTC()))
            : Optional.empty();
    FrontDoor door = rollback.add(bind(options, template, invoker, quotas, faults, identity));
    String address = "%s:%d/%s".formatted(options.host(), door.port(), template.stage());
    Optional<CertificateFolder> certificate =
        identity.isPresent()
            ? Optional.of(CertificateFolder.create(identity.get().certificate()))
            : Optional.empty();
    certificate.ifPresent(rollback::add);
    InvokeApi functions = rollback.add(InvokeApi.open(invoker, options.latency()));
    LocalStore store = opening.await();
    Emulator emulator =
        new Emulator(
            address,
            template,
            store,
            launcher,
            invoker,
            functions,
            door,
            http,
            faults,
            certificate,
            quotas,
            options);
    Map<String, String> variables =
        SdkEnvironment.of(
            template,
            emulator.stageUrl(),
            functions.endpoint(),
            store.endpoint(),
            options.signatures().secret());
    certificate.ifPresent(files -> variables.putAll(files.variables()));
    variables.putAll(options.variables());
    launcher.share(variables, Optional.of(store.endpoint().toString()));
    Map<String, String> more = new HashMap<>(options.variables());
    http.ifPresent(
        endpoint -> more.putAll(httpVariables(template.localHttp().orElseThrow(), options)));
    SdkPropertyMapper.set(
        template,
        emulator.stageUrl(),
        functions.endpoint(),
        store.endpoint(),
        options.signatures().secret(),
        more,
        options.handlers()::hasOwn);
    http.ifPresent(endpoint -> endpoint.open(template.localHttp().orElseThrow().handler()));
    door.open(store.endpoint());
    return emulator;
  }

  private static FrontDoor bind(
      EmulatorOptions options,
      Template template,
      Invoker invoker,
      QuotaCheck quotas,
      GatewayFaultSwitch faults,
      Optional<SelfSignedCertificate> identity)
      throws IOException {
    return FrontDoor.bind(
        new InetSocketAddress(options.host(), options.port()),
        template,
        invoker,
        quotas,
        faults,
        options.latency(),
        options.signatures(),
        options.assumptions(),
        options.clock(),
        identity,
        options.observer());
  }

  private static ProcessLauncher launcher(
      Template template, EmulatorOptions options, QuotaCheck quotas) throws IOException {
    return ProcessLauncher.open(
        template.functions(),
        options.folder(),
        quotas.of(Quota.PAYLOAD_BYTES),
        options.latency().model().coldStart(),
        options.handlers());
  }

  /** A port for the template's HTTP endpoint, unless nothing calls it or it is elsewhere. */
  private static Optional<LocalEndpoint> localHttp(Template template, EmulatorOptions options)
      throws IOException {
    boolean wanted =
        template.callsHttp()
            && template
                .localHttp()
                .filter(local -> !options.parameters().containsKey(local.parameter()))
                .isPresent();
    return wanted ? Optional.of(LocalEndpoint.bind()) : Optional.empty();
  }

  private static Template withHttp(Template asWritten, EmulatorOptions options, URI address) {
    Map<String, String> parameters = new HashMap<>(options.parameters());
    parameters.put(asWritten.localHttp().orElseThrow().parameter(), address.toString());
    return parse(options, parameters);
  }

  private static Template parse(EmulatorOptions options, Map<String, String> parameters) {
    return Template.parse(options.template(), options.api(), REGION, parameters, options.secrets())
        .withFunctions(function -> placed(function, options));
  }

  private static FunctionDefinition placed(FunctionDefinition function, EmulatorOptions options) {
    if (options.handlers().replaces(function)) {
      return function.inEmulator();
    }
    return options.isolation() == Isolation.PROCESS ? function.inOwnProcess() : function;
  }

  /**
   * The options with a secret between the gateway and the template's HTTP endpoint, if that is
   * served on this machine and none was given.
   */
  private static EmulatorOptions withHttpSecret(EmulatorOptions options) {
    Map<String, String> given = options.parameters();
    return Template.localHttp(options.template())
        .filter(local -> !given.containsKey(local.parameter()))
        .flatMap(LocalHttp::secretParameter)
        .filter(parameter -> !given.containsKey(parameter))
        .map(
            parameter ->
                options
                    .withParameters(Map.of(parameter, HTTP_SECRET))
                    .withSecrets(options.secrets().with(HTTP_SECRET, TokenKey.random().secret())))
        .orElse(options);
  }

  /** The variables with which the HTTP endpoint on this machine checks its callers. */
  private static Map<String, String> httpVariables(LocalHttp local, EmulatorOptions options) {
    Optional<String> secret =
        local
            .secretParameter()
            .map(options.parameters()::get)
            .flatMap(name -> options.secrets().value(name));
    return secret.isPresent() && local.secretVariable().isPresent()
        ? Map.of(local.secretVariable().get(), secret.get())
        : Map.of();
  }

  /** The template that it was started from. */
  Template template() {
    return template;
  }

  @Override
  public URI url() {
    return URI.create("ws://" + address);
  }

  /** The certificate of the port in a PEM file, unless it speaks no TLS. */
  Optional<Path> certificate() {
    return certificate.map(CertificateFolder::certificate);
  }

  @Override
  public URI connections() {
    return URI.create(stageUrl() + "/@connections");
  }

  /** The endpoint of {@code @connections} for an AWS SDK or the CLI. */
  URI stageUrl() {
    return URI.create("http://" + address);
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counters = new TreeMap<>(new JvmUsage().read());
    door.putCounters(counters);
    LambdaUsage lambda = invoker.figures();
    counters.put(TargetCounter.METERED_INVOCATIONS.key(), lambda.invocations());
    counters.put(TargetCounter.METERED_FUNCTIONS.key(), lambda.gigabyteMillis());
    counters.put(TargetCounter.LAMBDA_IN_PROGRESS.key(), (long) invoker.inProgress());
    counters.put(TargetCounter.LAMBDA_WAITING.key(), (long) invoker.waiting());
    counters.put(TargetCounter.LAMBDA_QUEUE_FULL.key(), lambda.refusedByFullQueue());
    counters.put(TargetCounter.LAMBDA_THREADS_LEFT.key(), lambda.threadsLeft());
    counters.put(TargetCounter.LAMBDA_FAILURES.key(), lambda.failures());
    counters.put(TargetCounter.LAMBDA_ENVIRONMENTS.key(), lambda.environments());
    counters.put(TargetCounter.LAMBDA_ABANDONED.key(), lambda.abandoned());
    counters.put(TargetCounter.LAMBDA_CAP_REACHED.key(), lambda.capReached());
    invoker.putCounters(counters);
    launcher.putCounters(counters);
    options.latency().putCounters(counters);
    quotas.putCounters(counters);
    counters.putAll(store.counters());
    return counters;
  }

  @Override
  public FaultInjector faults() {
    return new EmulatorFaultControl(faults, door);
  }

  @Override
  public String latencies() {
    return options.latency().words().orElse(null);
  }

  @Override
  public String banner(Ready ready) {
    return StartupBanner.to(this, options, ready);
  }

  /** Closes connections that are idle or too old by the clock; done each second by itself. */
  public void sweep() {
    door.sweep();
  }

  /**
   * Stops in the order that loses nothing: refuses new clients, refuses new requests, finishes
   * those in progress, closes the clients with 1001. Takes 10 s at most.
   */
  @Override
  public void close() {
    door.refuseNew();
    try {
      door.drain()
          .thenCompose(answered -> invoker.drain())
          .get(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException tooLong) {
      // Requests that hang are not waited for.
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    invoker.close();
    launcher.close();
    door.closeConnections(CLOSE);
    door.close();
    http.ifPresent(LocalEndpoint::close);
    functions.close();
    store.close();
    certificate.ifPresent(CertificateFolder::close);
  }
}
