package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.fleet.Dialect;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@link Options} from system properties over a workload file over the defaults. */
public final class OptionsReader {
  private static final String PREFIX = "fanbench.";

  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry(Key.TARGET.key(), "netty,serverless"),
          Map.entry(Key.DIALECT.key(), "fanbench"),
          Map.entry(Key.TRUST.key(), "jvm"),
          Map.entry(Key.REPEATS.key(), 5),
          Map.entry(Key.STORE.key(), "dynamodb"),
          Map.entry(Key.BROADCAST.key(), "parallel"),
          Map.entry(Key.REGISTRY.key(), "sharded"),
          Map.entry(Key.CLEANUP.key(), "on-gone"),
          Map.entry(Key.CLIENT.key(), "shared"),
          Map.entry(Key.INTEGRATION.key(), "lambda-proxy"),
          Map.entry(Key.POST_CONCURRENCY.key(), 50),
          Map.entry(Key.STALE_GRACE.key(), "30s"),
          Map.entry(Key.STALE.key(), 0),
          Map.entry(Key.AUTH.key(), "none"),
          Map.entry(Key.SIGN.key(), "none"),
          Map.entry(Key.MODEL.key(), "none"),
          Map.entry(Key.POST.key(), "none"),
          Map.entry(Key.SIGNATURES.key(), "on"),
          Map.entry(Key.MAX_DELIVERIES.key(), 1_000_000L),
          Map.entry(Key.PIN.key(), "auto"),
          Map.entry(Key.TRANSPORT.key(), "auto"),
          Map.entry(Key.DEFLATE.key(), "off"),
          Map.entry(Key.FLOOR.key(), "on"),
          Map.entry(Key.LIVE.key(), "off"),
          Map.entry(Key.HOME.key(), ".."));

  private OptionsReader() {}

  /**
   * Reads and checks everything.
   *
   * @param properties system properties; only those that begin with {@code fanbench.} are looked at
   * @param kinds what the simulation measures
   * @param workload the name of the workload file, unless another one is typed
   * @throws BadOption with a sentence for the user
   */
  public static Options read(Properties properties, Set<PhaseKind> kinds, String workload) {
    Config typed = ConfigFactory.parseMap(given(properties));
    Config defaults = ConfigFactory.parseMap(DEFAULTS);
    Values first = new Values(typed.withFallback(defaults));
    Path home = Path.of(first.text(Key.HOME)).toAbsolutePath().normalize();
    String word = first.optionalText(Key.WORKLOAD).orElse(workload);
    Config file = WorkloadFile.read(home, word);
    return options(typed, typed.withFallback(file).withFallback(defaults), home, word, kinds);
  }

  private static Options options(
      Config typed, Config config, Path home, String word, Set<PhaseKind> kinds) {
    Values values = new Values(config);
    String name = Path.of(word).getFileName().toString().replace(".conf", "");
    List<TargetChoice> targets = targets(values, config);
    Dialect dialect = dialect(values, targets);
    WorkloadReader reader = new WorkloadReader(config, kinds, dialect);
    Workload workload = reader.read(name);
    requireStoppable(workload, targets);
    return new Options(
        targets,
        workload,
        floor(values, config, targets, kinds)
            ? Optional.of(reader.readFloor(name))
            : Optional.empty(),
        Thresholds.read(values, typed, workload),
        dialect,
        reader.leftOut(),
        TrustOption.read(values, targets, home),
        headers(config, values),
        auth(values, targets),
        Signing.read(values, targets, System::getenv),
        ServerlessSettings.read(values),
        values.optionalText(Key.PRICES).map(p -> readable(home.resolve(p))),
        values.wholeNumber(Key.REPEATS, 0, 20),
        maxDeliveries(values),
        values.oneOf(Key.PIN, "auto", "off").equals("auto"),
        values.oneOf(Key.TRANSPORT, "auto", "epoll", "io_uring", "nio"),
        values.oneOf(Key.DEFLATE, "on", "off").equals("on"),
        values.optionalPort(Key.LIVE),
        home,
        home.resolve(values.optionalText(Key.OUT).orElse("reports/runs")),
        home.resolve(values.optionalText(Key.SITE).orElse("reports/site")));
  }

  /** Somebody's server cannot be stopped from here. */
  private static void requireStoppable(Workload workload, List<TargetChoice> targets) {
    boolean outage = workload.phases().stream().anyMatch(phase -> phase.outage().any());
    if (outage && targets.stream().anyMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "outage is for targets that fanbench starts; a remote one is measured with outage=none.");
    }
  }

  private static Map<String, Object> given(Properties properties) {
    Map<String, Object> given = new TreeMap<>();
    for (String property : properties.stringPropertyNames()) {
      if (!property.startsWith(PREFIX)) {
        continue;
      }
      String key = property.substring(PREFIX.length());
      if (!Key.isKnown(key)) {
        throw Key.unknown(key);
      }
      given.put(
          key.startsWith("header.") ? "header.\"" + key.substring(7) + "\"" : key,
          properties.getProperty(property));
    }
    return given;
  }

  private static List<TargetChoice> targets(Values values, Config config) {
    List<TargetChoice> targets =
        values.texts(Key.TARGET.key()).stream()
            .map(TargetChoice::parse)
            .flatMap(target -> ServerlessSettings.variants(target, values, config))
            .toList();
    long labels = targets.stream().map(TargetChoice::label).distinct().count();
    if (labels != targets.size()) {
      throw BadOption.of(
          Key.TARGET.key(), values.text(Key.TARGET), "a list in which no target stands twice");
    }
    if (values.share(Key.STALE, 0.5) > 0 && targets.stream().anyMatch(t -> !t.isServerless())) {
      throw new BadOption(
          "stale="
              + values.text(Key.STALE)
              + " is of the serverless target only; say target=serverless too.");
    }
    return targets;
  }

  private static Dialect dialect(Values values, List<TargetChoice> targets) {
    Dialect dialect = values.choice(Key.DIALECT, Dialect.class);
    if (dialect != Dialect.FANBENCH
        && targets.stream().noneMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "dialect=%s is for targets by URL; those that fanbench starts speak fanbench."
              .formatted(values.text(Key.DIALECT)));
    }
    if (!dialect.hasRooms() && values.has(Key.ROOMS) && !values.text(Key.ROOMS).equals("1")) {
      throw new BadOption(
          "rooms=%s cannot be with dialect=%s, where every text goes to everyone."
              .formatted(values.text(Key.ROOMS), values.text(Key.DIALECT)));
    }
    return dialect;
  }

  /** The floor is measured beside what runs on this machine, at sizes that are measured anyway. */
  private static boolean floor(
      Values values, Config config, List<TargetChoice> targets, Set<PhaseKind> kinds) {
    return values.oneOf(Key.FLOOR, "on", "off").equals("on")
        && !targets.stream().allMatch(TargetChoice.Remote.class::isInstance)
        && kinds.contains(PhaseKind.FANOUT)
        && config.hasPath("floorLoad");
  }

  private static Map<String, String> headers(Config config, Values values) {
    Map<String, String> headers = new TreeMap<>();
    if (config.hasPath("header")) {
      config
          .getObject("header")
          .forEach((name, value) -> headers.put(name, String.valueOf(value.unwrapped())));
    }
    values.optionalText(Key.TOKEN).ifPresent(token -> headers.put("Authorization", token));
    headers.forEach(OptionsReader::checkHeader);
    return headers;
  }

  private static void checkHeader(String name, String value) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || !value.matches("[\\t\\x20-\\x7e]*")) {
      throw BadOption.of("header." + name, value, "printable ASCII on one line");
    }
  }

  /**
   * A key made for the run is of no use to a server that runs already, nor beside a given token.
   */
  private static boolean auth(Values values, List<TargetChoice> targets) {
    boolean auth = values.oneOf(Key.AUTH, "none", "jwt").equals("jwt");
    if (auth && targets.stream().anyMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "auth=jwt is for targets that fanbench starts; give a remote one its token=.");
    }
    if (auth && values.has(Key.TOKEN)) {
      throw new BadOption("auth=jwt makes a token for each connection; it cannot be with token=.");
    }
    return auth;
  }

  private static long maxDeliveries(Values values) {
    String text = values.text(Key.MAX_DELIVERIES);
    try {
      long most = Long.parseLong(text);
      if (most > 0) {
        return most;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number that is too small.
    }
    throw BadOption.of(Key.MAX_DELIVERIES.key(), text, "a whole number from 1");
  }

  private static Path readable(Path file) {
    if (!Files.isReadable(file)) {
      throw BadOption.of(Key.PRICES.key(), file, "a file that can be read");
    }
    return file;
  }
}
