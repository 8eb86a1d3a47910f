package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.DialectError;
import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.gatling.fleet.ClientIdentity;
import dev.fanbench.gatling.fleet.HandshakeHeader;
import dev.fanbench.gatling.fleet.SourceSet;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.WorkFolder;
import dev.fanbench.target.TargetKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads {@link Options} from system properties over a workload file over the defaults. */
public final class OptionsReader {
  private static final String FLOOR = "floor";
  private static final String PREFIX = "fanbench.";

  private final Config typed;
  private final Config config;
  private final OptionValueSet values;
  private final Path home;
  private final OptionIndex index;

  private OptionsReader(Config typed, Config config, Path home, OptionIndex index) {
    this.typed = typed;
    this.config = config;
    this.values = new OptionValueSet(config);
    this.home = home;
    this.index = index;
  }

  /**
   * Reads and checks everything.
   *
   * @param properties system properties; only those that begin with {@code fanbench.} are looked at
   * @param kinds what the simulation measures
   * @param workload the name of the workload file, unless another one is typed
   * @throws BadOption with a sentence for the user
   */
  public static Options read(Properties properties, Set<PhaseKind> kinds, String workload) {
    Path home =
        Path.of(
                properties.getProperty(
                    PREFIX + OptionCatalog.HOME.key(),
                    OptionCatalog.HOME.defaultText().orElseThrow()))
            .toAbsolutePath()
            .normalize();
    OptionIndex index = OptionIndex.of(home);
    Config typed = ConfigFactory.parseMap(given(properties, index));
    String word = new OptionValueSet(typed).find(OptionCatalog.WORKLOAD).orElse(workload);
    Config file = WorkloadFile.read(home, word, index);
    return new OptionsReader(typed, typed.withFallback(file), home, index).options(word, kinds);
  }

  private Options options(String word, Set<PhaseKind> kinds) {
    String name = Path.of(word).getFileName().toString().replace(".conf", "");
    ServerlessSettings settings = new ServerlessSettings(index);
    List<TargetChoice> targets = targets(settings);
    Dialect dialect = dialect(targets);
    WorkloadReader reader = new WorkloadReader(config, kinds, dialects(targets, dialect));
    boolean floor = floor(targets, ShardOption.shard(values, System::getenv));
    Workload whole = reader.read(name, targets.size() + (floor ? 1 : 0));
    SharedWorkload offered = ShardOption.offered(values, targets, floor, whole, System::getenv);
    Workload workload = offered.own();
    requireStoppable(workload, targets);
    requireNoTokenBesideAuth(targets);
    requireMetered(targets);
    requireOwnSources();
    requireNodes(targets);
    requireAlone(offered.shard());
    Map<String, String> headers = headers();
    return new Options(
        floor ? withFloor(targets) : targets,
        offered,
        ThresholdSet.read(values, typed, whole),
        dialect,
        reader.leftOut(),
        TrustOption.read(values, targets, home),
        headers,
        IdentityOption.read(values, headers, home).sharedBy(offered.shard()),
        Signing.read(values, targets, System::getenv),
        settings.read(values),
        index,
        home,
        all());
  }

  /** The values of all options, so that a bad one is an error whether it is used or not. */
  private Map<Option<?>, Optional<?>> all() {
    Map<Option<?>, Optional<?>> all = new HashMap<>();
    for (Option<?> option : index.options()) {
      all.put(option, values.find(option));
    }
    values
        .find(OptionCatalog.PRICES)
        .map(word -> InputFile.of(home, word))
        .ifPresent(OptionsReader::requireReadable);
    return all;
  }

  /** A server that runs already cannot be stopped by the load. */
  private static void requireStoppable(Workload workload, List<TargetChoice> targets) {
    boolean outage = workload.phases().stream().anyMatch(phase -> phase.outage().any());
    if (outage && targets.stream().anyMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "outage is for targets that fanbench starts; a remote one is measured with outage=none.");
    }
  }

  /** A process or control group is that of one target. */
  private void requireMetered(List<TargetChoice> targets) {
    Optional<Long> pid = values.find(OptionCatalog.PID);
    Optional<String> cgroup = values.find(OptionCatalog.CGROUP);
    if (pid.isEmpty() && cgroup.isEmpty()) {
      return;
    }
    if (pid.isPresent() && cgroup.isPresent()) {
      throw new BadOption("pid and cgroup cannot be given together; each names the processes.");
    }
    long remote = targets.stream().filter(TargetChoice.Remote.class::isInstance).count();
    if (remote != 1) {
      throw new BadOption(
          "pid and cgroup are for one target by URL; fanbench knows the processes that it starts.");
    }
  }

  /** Several nodes are of a server that can be one of them. */
  private void requireNodes(List<TargetChoice> targets) {
    int nodes = values.get(OptionCatalog.NODES);
    boolean can =
        targets.stream()
            .anyMatch(target -> target instanceof TargetChoice.Started s && s.server().hasNodes());
    if (nodes > 1 && !can) {
      throw new BadOption(
          "nodes=%d is for servers with nodeArguments in their server.conf; say target=netty too."
              .formatted(nodes));
    }
  }

  /** A shard sees its own part of a phase, which decides no threshold. */
  private void requireAlone(Shard shard) {
    if (!shard.isAlone() && values.get(OptionCatalog.ABORT_ON).equals("slo")) {
      throw new BadOption(
          "abortOn=slo cannot be with shard=%s, as thresholds are judged when all shards have ended."
              .formatted(shard));
    }
  }

  /** Each source address is one of this machine. */
  private void requireOwnSources() {
    values
        .find(OptionCatalog.SOURCES)
        .flatMap(SourceSet::foreign)
        .ifPresent(
            address -> {
              throw new BadOption(
                  "sources has %s, which is no address of this machine; sources takes %s."
                      .formatted(address.getHostAddress(), SourceSet.ALLOWED));
            });
  }

  private static Map<String, Object> given(Properties properties, OptionIndex index) {
    Map<String, Object> given = new TreeMap<>();
    for (String property : properties.stringPropertyNames()) {
      if (!property.startsWith(PREFIX) || property.equals(WorkFolder.RESULTS)) {
        continue;
      }
      String key = property.substring(PREFIX.length());
      if (!index.isKnown(key)) {
        throw index.unknown(key);
      }
      given.put(
          key.startsWith("header.") ? "header.\"" + key.substring(7) + "\"" : key,
          properties.getProperty(property));
    }
    return given;
  }

  private List<TargetChoice> targets(ServerlessSettings settings) {
    List<TargetChoice> targets =
        values.get(OptionCatalog.TARGET).stream()
            .flatMap(word -> chosen(word).stream())
            .flatMap(target -> settings.variants(target, values, config))
            .map(this::pooled)
            .collect(Collectors.toCollection(ArrayList::new));
    name(targets);
    requireOnePool(targets);
    long labels = targets.stream().map(TargetChoice::label).distinct().count();
    if (labels != targets.size()) {
      throw BadOption.of(
          OptionCatalog.TARGET.key(),
          values.text(OptionCatalog.TARGET).orElseThrow(),
          "a list in which no target stands twice");
    }
    if (values.get(OptionCatalog.STALE) > 0 && targets.stream().anyMatch(t -> !t.isServerless())) {
      throw new BadOption(
          "stale="
              + values.text(OptionCatalog.STALE).orElseThrow()
              + " is of the serverless target only; say target=serverless too.");
    }
    return targets;
  }

  /** Gives targets by URL the names that the user has for them. */
  private void name(List<TargetChoice> targets) {
    List<String> names = values.find(OptionCatalog.LABEL).orElse(List.of());
    long remote = targets.stream().filter(TargetChoice.Remote.class::isInstance).count();
    if (!names.isEmpty() && names.size() != remote) {
      throw new BadOption(
          "label=%s is not allowed; label takes one name for each target by URL, which are %d here."
              .formatted(String.join(",", names), remote));
    }
    Iterator<String> next = names.iterator();
    targets.replaceAll(
        target ->
            target instanceof TargetChoice.Remote given && next.hasNext()
                ? given.named(next.next())
                : target);
    long distinct = targets.stream().map(TargetChoice::label).distinct().count();
    if (!names.isEmpty() && distinct != targets.size()) {
      throw BadOption.of(
          OptionCatalog.LABEL.key(), String.join(",", names), "names that no other target has");
    }
  }

  private TargetChoice pooled(TargetChoice target) {
    return target instanceof TargetChoice.Remote remote
        ? values.find(OptionCatalog.POOL).map(remote::with).orElse(remote)
        : target;
  }

  /** Addresses of a pool are those of one target. */
  private void requireOnePool(List<TargetChoice> targets) {
    if (values.find(OptionCatalog.POOL).isEmpty()) {
      return;
    }
    long remote = targets.stream().filter(TargetChoice.Remote.class::isInstance).count();
    if (remote != 1) {
      throw new BadOption("pool is for one target by URL, whose further addresses it has.");
    }
    if (values.get(OptionCatalog.SIGN).equals("iam")) {
      throw new BadOption("pool cannot be with sign=iam, as a signature is of one address.");
    }
  }

  /** The targets of a word. Those that the user did not type are left out where they cannot run. */
  private List<? extends TargetChoice> chosen(String word) {
    if (!word.equals(TargetChoice.INSTALLED)) {
      TargetChoice choice = TargetChoice.parse(home, word);
      boolean typedByUser = typed.hasPath(OptionCatalog.TARGET.key());
      return typedByUser || choice.missing().isEmpty() ? List.of(choice) : List.of();
    }
    return ServerDescriptor.names(home).stream()
        .map(name -> TargetChoice.named(home, name))
        .filter(choice -> choice.server().missing().isEmpty())
        .filter(choice -> !choice.server().byNameOnly())
        .filter(choice -> choice.server().kind() != TargetKind.FLOOR)
        .toList();
  }

  private Dialect dialect(List<TargetChoice> targets) {
    String word = values.get(OptionCatalog.DIALECT);
    Dialect dialect = dialectOf(word);
    if (!OptionCatalog.DIALECT.defaultText().orElse("").equals(word)
        && targets.stream().noneMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "dialect=%s is for targets by URL; a server in servers/ names its own."
              .formatted(values.text(OptionCatalog.DIALECT).orElseThrow()));
    }
    if (!dialect.hasRooms() && values.find(OptionCatalog.ROOMS).orElse(1) != 1) {
      throw new BadOption(
          "rooms=%s cannot be with dialect=%s, where every text goes to everyone."
              .formatted(
                  values.get(OptionCatalog.ROOMS),
                  values.text(OptionCatalog.DIALECT).orElseThrow()));
    }
    return dialect;
  }

  private Dialect dialectOf(String word) {
    try {
      return new DialectFolder(home).read(word, InputFile.base(home, word));
    } catch (DialectError wrong) {
      throw new BadOption(wrong.getMessage());
    }
  }

  private static List<Dialect> dialects(List<TargetChoice> targets, Dialect ofUrls) {
    return targets.stream()
        .map(target -> target instanceof TargetChoice.Started s ? s.server().dialect() : ofUrls)
        .toList();
  }

  private List<TargetChoice> withFloor(List<TargetChoice> targets) {
    List<TargetChoice> all = new ArrayList<>(targets);
    all.add(0, TargetChoice.named(home, FLOOR));
    return all;
  }

  /**
   * The floor is measured beside targets that run on this machine, those by URL too. Shards measure
   * none, whatever their workload says.
   */
  private boolean floor(List<TargetChoice> targets, Shard shard) {
    boolean wanted = shard.isAlone() || new OptionValueSet(typed).has(OptionCatalog.FLOOR);
    return wanted
        && values.get(OptionCatalog.FLOOR)
        && targets.stream().anyMatch(TargetChoice::isOnThisMachine)
        && targets.stream().noneMatch(target -> target.label().equals(FLOOR));
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    if (config.hasPath("header")) {
      config
          .getObject("header")
          .forEach((name, value) -> headers.put(name, String.valueOf(value.unwrapped())));
    }
    values.find(OptionCatalog.TOKEN).ifPresent(token -> headers.put("Authorization", token));
    headers.forEach(OptionsReader::checkHeader);
    return headers;
  }

  private static void checkHeader(String name, String value) {
    if (!HandshakeHeader.isName(name)) {
      throw new BadOption(
          "header.%s is not allowed; header. takes %s."
              .formatted(name, HandshakeHeader.ALLOWED_NAMES));
    }
    if (!HandshakeHeader.isValue(value)) {
      throw BadOption.of("header." + name, ClientIdentity.HIDDEN, "printable ASCII on one line");
    }
  }

  /** A token's secret is made for the run, so neither a running server nor a given token has it. */
  private void requireNoTokenBesideAuth(List<TargetChoice> targets) {
    if (!values.get(OptionCatalog.AUTH).equals("jwt")) {
      return;
    }
    if (targets.stream().anyMatch(TargetChoice.Remote.class::isInstance)) {
      throw new BadOption(
          "auth=jwt is for targets that fanbench starts; give a remote one its token=.");
    }
    if (values.has(OptionCatalog.TOKEN)) {
      throw new BadOption("auth=jwt makes a token for each connection; it cannot be with token=.");
    }
  }

  private static void requireReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw BadOption.of(OptionCatalog.PRICES.key(), file, "a file that can be read");
    }
  }
}
