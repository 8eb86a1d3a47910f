package dev.fanbench.emulator;

import dev.fanbench.emulator.gateway.AssumedBehavior;
import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import dev.fanbench.emulator.quota.QuotaSet;
import dev.fanbench.emulator.store.Redis;
import dev.fanbench.emulator.store.StoreException;
import dev.fanbench.emulator.template.LocalSecretStore;
import dev.fanbench.emulator.template.ParameterException;
import dev.fanbench.emulator.template.TemplateException;
import dev.fanbench.emulator.tls.TlsChoice;
import dev.fanbench.target.TargetCommand;
import dev.fanbench.tokens.TokenKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The serverless chat as a process of its own: the command behind {@code serve serverless}. */
@Command(
    name = "serverless",
    description =
        "The serverless chat: API Gateway, Lambda and its store, emulated on this machine.",
    mixinStandardHelpOptions = true)
public final class ServerlessTarget extends TargetCommand {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MOST_CACHED_BYTES = 64 * 1024;

  /** Values of the template's parameter {@code Store}. */
  private static final List<String> STORES = List.of("dynamodb", "redis");

  private static final List<String> SWITCH = List.of("on", "off");

  @Option(
      names = "--template",
      paramLabel = "FILE",
      description =
          "another API than the chat's; its routes may call functions in Node, Python or Java,"
              + " programs named bootstrap, or HTTP endpoints")
  private Path template;

  @Option(
      names = "--api",
      paramLabel = "NAME",
      description =
          "with --template: the API to serve, by its logical name, where a file has several")
  private String api;

  @Option(
      names = "--concurrency",
      description = {
        "functions that run at a time at most; those that wait do not count",
        "(default: " + EmulatorOptions.MOST_WORKING + ", and " + EmulatorOptions.MOST_WAITING,
        "with latencies, under which most of them wait; with --isolation process one for each core)"
      })
  private Integer concurrency;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=VALUE",
      description = "a parameter of template.yaml, such as PostConcurrency=10; may be repeated")
  private Map<String, String> parameters = Map.of();

  @Option(
      names = "--model",
      defaultValue = "none",
      description =
          "how long AWS would take: none, aws (assumed values), or a file (default: ${DEFAULT-VALUE})")
  private String model;

  @Option(
      names = "--cold-start",
      paramLabel = "MILLIS",
      description = "what a new environment takes before its first request; default: the model's")
  private Long coldStartMillis;

  @Option(
      names = "--post",
      paramLabel = "MILLIS",
      description = "median of the model's posts, which scales all of them; default: the model's")
  private Double postMillis;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of the model's draws (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--store",
      paramLabel = "dynamodb|redis",
      description = "DynamoDB Local or a redis-server, started with the target (default: dynamodb)")
  private String store;

  @Option(
      names = "--redis",
      paramLabel = "redis://HOST:PORT",
      description = "with --store redis: a Redis of your own, left as it is at the end")
  private URI redis;

  @Option(
      names = "--auth",
      defaultValue = "none",
      description =
          "none, or jwt: $connect asks for a token signed with the secret in "
              + TokenKey.VARIABLE
              + " (default: ${DEFAULT-VALUE})")
  private String auth;

  @Option(
      names = "--signatures",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "whether calls of @connections have to be signed, by any access key (default: ${DEFAULT-VALUE})")
  private String signatures;

  @Option(
      names = "--isolation",
      paramLabel = "shared|process",
      defaultValue = "shared",
      description =
          "process: each environment of a Java function is a process of its own, as on Lambda"
              + " (default: ${DEFAULT-VALUE})")
  private String isolation;

  @Option(
      names = "--secret",
      defaultValue = CallerCheck.SECRET,
      description = "what such calls are signed with (default: ${DEFAULT-VALUE})")
  private String secret;

  @Option(
      names = "--secrets",
      paramLabel = "FILE",
      description =
          "lines NAME=VALUE: what the template's {{resolve:secretsmanager:NAME}} and"
              + " {{resolve:ssm:NAME}} get")
  private Path secrets;

  @Option(
      names = "--quota",
      paramLabel = "NAME=VALUE",
      description =
          "another value for a quota of AWS, such as accountPerSecond=500; may be repeated")
  private Map<String, Long> quotas = Map.of();

  @Option(
      names = "--assume",
      paramLabel = "NAME=VALUE",
      description =
          "another answer where AWS's is not known: pingIsActivity, expiredReason, lostCode,"
              + " postMustBeUtf8, permessageDeflate")
  private Map<String, String> assumptions = Map.of();

  @Option(
      names = "--tls",
      paramLabel = "on|off",
      defaultValue = "off",
      description =
          "on: clients and functions may use TLS on the same port, with a certificate made at the"
              + " start (default: ${DEFAULT-VALUE})")
  private String tls;

  @Option(
      names = "--tls-name",
      paramLabel = "HOST",
      description =
          "with --tls on: a name of the certificate, beside localhost and 127.0.0.1; may be repeated")
  private List<String> tlsNames = List.of();

  /** Runs the command; its exit codes are those of {@link TargetCommand}. */
  public static void main(String[] arguments) {
    // Each thread of DynamoDB Local keeps a direct buffer as large as its largest answer, without
    // this limit. Read once, before the first use of a channel.
    System.setProperty("jdk.nio.maxCachedBufferSize", String.valueOf(MOST_CACHED_BYTES));
    System.exit(run(new CommandLine(new ServerlessTarget()), arguments));
  }

  @Override
  protected Emulator start() throws IOException {
    EmulatorOptions options = options();
    try {
      return Emulator.start(options);
    } catch (StoreException missing) {
      throw new IOException(missing.getMessage(), missing);
    } catch (ParameterException bad) {
      throw new IllegalArgumentException(bad.getMessage(), bad);
    } catch (TemplateException broken) {
      throw new IOException(
          (template == null ? "template.yaml" : template) + ": " + broken.getMessage(), broken);
    }
  }

  private EmulatorOptions options() {
    if (api != null && template == null) {
      throw new IllegalArgumentException("--api needs --template");
    }
    LatencyModel model = model();
    EmulatorOptions options =
        withStore(
            EmulatorOptions.standard()
                .withAddress(host(), port())
                .withParameters(parameters)
                .withConcurrency(concurrency == null ? most(model, isolation()) : concurrency)
                .withAssumptions(AssumedBehavior.of(assumptions))
                .withQuotas(QuotaSet.of(quotas))
                .withSignatures(signatures())
                .withTls(tls())
                .withIsolation(isolation())
                .withLatency(new Latency(model, seed)));
    options = stage().map(options::withStage).orElse(options);
    options = template == null ? options : withTemplate(options);
    options = secrets == null ? options : options.withSecrets(readSecrets());
    return TokenKey.chosen(auth, System::getenv).map(options::withTokens).orElse(options);
  }

  private EmulatorOptions withTemplate(EmulatorOptions options) {
    return options
        .withTemplate(read(template))
        .withApi(Optional.ofNullable(api))
        .withFolder(template.toAbsolutePath().normalize().getParent());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--template=%s is not allowed; --template takes a file that can be read".formatted(file),
          unreadable);
    }
  }

  private LocalSecretStore readSecrets() {
    try {
      return LocalSecretStore.read(secrets);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "--secrets=%s is not allowed; --secrets takes a file that can be read".formatted(secrets),
          unreadable);
    }
  }

  private CallerCheck signatures() {
    if (!SWITCH.contains(signatures)) {
      throw new IllegalArgumentException(
          "--signatures=%s is not allowed; --signatures takes %s"
              .formatted(signatures, String.join(", ", SWITCH)));
    }
    return new CallerCheck(signatures.equals("on"), secret);
  }

  private Isolation isolation() {
    return switch (isolation) {
      case "shared" -> Isolation.SHARED;
      case "process" -> Isolation.PROCESS;
      default ->
          throw new IllegalArgumentException(
              "--isolation=%s is not allowed; --isolation takes shared, process"
                  .formatted(isolation));
    };
  }

  private TlsChoice tls() {
    if (!SWITCH.contains(tls)) {
      throw new IllegalArgumentException(
          "--tls=%s is not allowed; --tls takes %s".formatted(tls, String.join(", ", SWITCH)));
    }
    boolean on = tls.equals("on");
    if (!on && !tlsNames.isEmpty()) {
      throw new IllegalArgumentException("--tls-name needs --tls on");
    }
    return new TlsChoice(on, tlsNames);
  }

  /** Many processes that start at once would each take long, and few are needed once warm. */
  private static int most(LatencyModel inForce, Isolation isolation) {
    if (isolation == Isolation.PROCESS) {
      return Runtime.getRuntime().availableProcessors();
    }
    return inForce.equals(LatencyModel.none())
        ? EmulatorOptions.MOST_WORKING
        : EmulatorOptions.MOST_WAITING;
  }

  private LatencyModel model() {
    LatencyModel named =
        postMillis == null
            ? LatencyModel.named(model)
            : LatencyModel.named(model)
                .withPost(Duration.ofNanos(Math.round(postMillis * NANOS_PER_MILLI)));
    return coldStartMillis == null
        ? named
        : named.withColdStart(Duration.ofMillis(coldStartMillis));
  }

  private EmulatorOptions withStore(EmulatorOptions options) {
    if (redis != null) {
      Redis.requireAddress(redis);
      if (!"redis".equals(store)) {
        throw new IllegalArgumentException("--redis needs --store redis");
      }
    }
    if (store == null) {
      return options;
    }
    if (!STORES.contains(store)) {
      throw new IllegalArgumentException(
          "--store=%s is not allowed; --store takes %s"
              .formatted(store, String.join(", ", STORES)));
    }
    EmulatorOptions chosen = options.withParameters(Map.of("Store", store));
    return redis == null
        ? chosen
        : chosen.withStore((template, latency, quotas) -> Redis.at(redis));
  }
}
