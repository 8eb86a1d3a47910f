package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Turns the keys of a workload, file and command line merged, into phases. */
final class WorkloadReader {

  private static final String COLD = "cold";

  private static final String IDLE = "idle";

  /** Moments end the blocks of a silent phase; nothing is sent at them. */
  private static final int IDLE_MOMENTS_PER_SECOND = 10;

  private final OptionValueSet values;
  private final GivenLoad given;
  private final Set<PhaseKind> kinds;
  private final List<Dialect> dialects;

  /**
   * @param config merged keys
   * @param kinds of phases the simulation measures; when it measures all, those that the workload
   *     has
   * @param dialects of all targets, since all get the same phases
   */
  WorkloadReader(Config config, Set<PhaseKind> kinds, List<Dialect> dialects) {
    this.values = new OptionValueSet(config);
    this.given = new GivenLoad(values);
    this.dialects = List.copyOf(dialects);
    this.kinds = kinds.equals(everything()) ? sections(values) : kinds;
  }

  private static Set<PhaseKind> sections(OptionValueSet values) {
    Set<PhaseKind> kinds = EnumSet.noneOf(PhaseKind.class);
    for (PhaseKind kind : PhaseKind.values()) {
      if (values.has(kind.name().toLowerCase(Locale.ROOT))) {
        kinds.add(kind);
      }
    }
    if (values.has(OptionCatalog.CONNECTIONS)) {
      kinds.add(PhaseKind.IDLE);
    }
    if (kinds.isEmpty()) {
      throw new BadOption("The workload has none of idle, connect, echo, chat and fanout.");
    }
    return kinds;
  }

  /**
   * Reads the workload.
   *
   * @param targets how many take turns in it
   */
  Workload read(String name, int targets) {
    List<Phase> phases =
        measured().stream()
            .filter(this::possible)
            .map(
                phase ->
                    targets == 1 && phase.kind() != PhaseKind.IDLE ? phase : BlockPlan.cut(phase))
            .toList();
    if (phases.isEmpty()) {
      throw new BadOption(
          "Nothing of this workload is left: dialect %s has no rooms, no requests, or one room for each client."
              .formatted(poorest().name()));
    }
    return workload(name, phases);
  }

  /** Names of the phases that {@link #read} leaves out, because the dialect cannot do them. */
  List<String> leftOut() {
    return measured().stream().filter(phase -> !possible(phase)).map(Phase::name).toList();
  }

  private Dialect poorest() {
    return dialects.stream()
        .filter(
            dialect ->
                !dialect.hasRooms() || !dialect.answersRequests() || !dialect.joinsSeveralRooms())
        .findFirst()
        .orElseThrow();
  }

  private boolean possible(Phase phase) {
    return dialects.stream().allMatch(dialect -> possible(phase, dialect));
  }

  private static boolean possible(Phase phase, Dialect dialect) {
    return switch (phase.kind()) {
      case IDLE, CONNECT -> true;
      case ECHO -> dialect.answersRequests();
      case CHAT, FANOUT ->
          (dialect.hasRooms() || (phase.rooms() == 1 && phase.background().roomsBeside() == 0))
              && (dialect.joinsSeveralRooms() || phase.roomsPerClient() == 1);
    };
  }

  private Workload workload(String name, List<Phase> measured) {
    List<Phase> first = new ArrayList<>(cold(measured));
    double least = values.get(OptionCatalog.WARM_UP);
    double longest = values.find(OptionCatalog.WARM_UP_LIMIT).orElse(least);
    first.addAll(WarmUp.of(measured, Math.max(least, longest)));
    return workload(name, first, measured);
  }

  /** The first arrivals at a new target; only if the file has them. */
  private List<Phase> cold(List<Phase> measured) {
    if (!values.has(COLD)) {
      return List.of();
    }
    OptionValueSet own = values.in(COLD);
    return measured.stream()
        .filter(phase -> phase.kind() != PhaseKind.FANOUT && phase.kind() != PhaseKind.IDLE)
        .map(
            phase ->
                PhaseBuilder.builder(phase)
                    .name("cold-" + phase.name())
                    .count(own.positive("count"))
                    .ratePerSecond(own.get(OptionCatalog.RATE))
                    .blocks(1)
                    .build())
        .toList();
  }

  private Workload workload(String name, List<Phase> first, List<Phase> then) {
    List<Phase> phases = new ArrayList<>(first);
    phases.addAll(then);
    PhaseNaming.requireDistinct(phases);
    return new Workload(
        name,
        phases,
        values.get(OptionCatalog.ARRIVALS).process(),
        values.get(OptionCatalog.PAYLOAD_BYTES).get(0),
        Math.round(values.get(OptionCatalog.DRAIN) * 1_000),
        values.get(OptionCatalog.SEED));
  }

  private List<Phase> measured() {
    List<Phase> phases = new ArrayList<>();
    if (kinds.contains(PhaseKind.IDLE)) {
      phases.addAll(idles());
    }
    if (kinds.contains(PhaseKind.CONNECT)) {
      phases.addAll(connects());
    }
    if (kinds.contains(PhaseKind.ECHO)) {
      phases.add(single("echo", PhaseKind.ECHO, "clients"));
    }
    if (kinds.contains(PhaseKind.CHAT)) {
      phases.add(single("chat", PhaseKind.CHAT, "rooms"));
    }
    if (kinds.contains(PhaseKind.FANOUT)) {
      phases.addAll(new FanoutReader(values, dialects).phases());
    }
    int burst = values.get(OptionCatalog.ARRIVALS).burst();
    return phases.stream().map(phase -> phase.inBursts(burst)).toList();
  }

  /** They come first, as memory that other phases have grown would hide theirs. */
  private List<Phase> idles() {
    List<OptionValueSet> listed =
        values.isList(IDLE)
            ? values.list(IDLE)
            : values.has(IDLE) ? List.of(values.in(IDLE)) : List.of();
    if (values.has(OptionCatalog.CONNECTIONS)) {
      return values.get(OptionCatalog.CONNECTIONS).stream()
          .map(connections -> idle(silence(listed, connections), connections))
          .toList();
    }
    return listed.stream().flatMap(this::idles).toList();
  }

  private Stream<Phase> idles(OptionValueSet own) {
    return own.get(OptionCatalog.CONNECTIONS).stream().map(connections -> idle(own, connections));
  }

  /** The section of this size, or else the first; without sections, what is given for all. */
  private OptionValueSet silence(List<OptionValueSet> listed, int connections) {
    return listed.stream()
        .filter(own -> own.get(OptionCatalog.CONNECTIONS).contains(connections))
        .findFirst()
        .orElseGet(() -> listed.isEmpty() ? values : listed.get(0));
  }

  private Phase idle(OptionValueSet own, int connections) {
    boolean typed = tunes(PhaseKind.IDLE) && values.has(OptionCatalog.DURATION);
    double seconds = (typed ? values : own).get(OptionCatalog.DURATION);
    int moments = (int) Math.max(1, Math.round(seconds * IDLE_MOMENTS_PER_SECOND));
    return new Phase(
        "idle-" + connections,
        PhaseKind.IDLE,
        connections,
        1,
        moments,
        IDLE_MOMENTS_PER_SECOND,
        false);
  }

  private Phase single(String name, PhaseKind kind, String spread) {
    return single(values.in(name), name, kind, spread);
  }

  /** One phase, or with a list a ramp of them, named by their rates. */
  private List<Phase> connects() {
    if (!values.isList("connect")) {
      return List.of(single("connect", PhaseKind.CONNECT, ""));
    }
    return values.list("connect").stream()
        .map(
            each ->
                single(
                    each,
                    "connect-" + Math.round(each.get(OptionCatalog.RATE)),
                    PhaseKind.CONNECT,
                    ""))
        .toList();
  }

  private Phase single(OptionValueSet own, String name, PhaseKind kind, String spread) {
    int rooms = spread.isEmpty() ? 1 : own.positive(spread);
    double rate = tunes(kind) ? given.rate(own) : own.get(OptionCatalog.RATE);
    int count = tunes(kind) ? given.count(rate, own.positive("count")) : own.positive("count");
    return new Phase(name, kind, kind == PhaseKind.CHAT ? rooms : 0, rooms, count, rate, false);
  }

  /**
   * {@code rate} and {@code duration} speak of publications; in a simulation without fan-out they
   * speak of what it has.
   */
  private boolean tunes(PhaseKind kind) {
    return kind == PhaseKind.FANOUT || !kinds.contains(PhaseKind.FANOUT);
  }

  /** The kinds of a whole run. */
  static Set<PhaseKind> everything() {
    return Set.copyOf(Arrays.asList(PhaseKind.values()));
  }
}
