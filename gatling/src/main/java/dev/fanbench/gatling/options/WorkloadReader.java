package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns the keys of a workload, file and command line merged, into phases. */
final class WorkloadReader {

  /** Deliveries per second that a swept room size is offered when the file does not name it. */
  private static final int SWEEP_DELIVERIES_PER_SECOND = 4_000;

  private static final int MAX_SWEEP_RATE = 200;
  private static final int SWEEP_PUBLICATIONS = 100;
  private static final String COLD = "cold";

  /** Pairs of a publisher and a subscriber that hears it; each keeps four bytes. */
  private static final long MOST_PAIRS = 10_000_000;

  private static final String IDLE = "idle";

  /** Moments end the blocks of a silent phase; nothing is sent at them. */
  private static final int IDLE_MOMENTS_PER_SECOND = 10;

  private static final int MAX_PHASE_ARRIVALS = 10_000_000;

  private final OptionValueSet values;
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
      phases.addAll(fanouts());
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
    double rate = tunes(kind) ? rate(own) : own.get(OptionCatalog.RATE);
    int count = tunes(kind) ? count(rate, own.positive("count")) : own.positive("count");
    return new Phase(name, kind, kind == PhaseKind.CHAT ? rooms : 0, rooms, count, rate, false);
  }

  /**
   * {@code rate} and {@code duration} speak of publications; in a simulation without fan-out they
   * speak of what it has.
   */
  private boolean tunes(PhaseKind kind) {
    return kind == PhaseKind.FANOUT || !kinds.contains(PhaseKind.FANOUT);
  }

  private List<Phase> fanouts() {
    List<OptionValueSet> listed = values.list("fanout");
    List<Phase> phases = new ArrayList<>();
    if (values.has(OptionCatalog.SUBSCRIBERS)) {
      for (int subscribers : values.get(OptionCatalog.SUBSCRIBERS)) {
        phases.addAll(swept(subscribers, listed));
      }
    } else {
      for (OptionValueSet each : listed) {
        phases.addAll(tuned(each, each.positive("subscribers")));
      }
    }
    return ofEachSize(PhaseNaming.ofRamps(phases));
  }

  /** With a list of payload sizes, a phase of each size in place of every phase. */
  private List<Phase> ofEachSize(List<Phase> phases) {
    List<Integer> sizes = values.get(OptionCatalog.PAYLOAD_BYTES);
    return sizes.size() == 1
        ? phases
        : phases.stream().flatMap(phase -> sizes.stream().map(phase::ofBytes)).toList();
  }

  private List<Phase> swept(int subscribers, List<OptionValueSet> listed) {
    int rooms = rooms().orElse(1);
    Optional<OptionValueSet> same =
        listed.stream().filter(v -> v.positive("subscribers") == subscribers).findFirst();
    if (same.isPresent()) {
      return tuned(same.get(), subscribers);
    }
    double usual =
        Math.max(1, Math.min(MAX_SWEEP_RATE, SWEEP_DELIVERIES_PER_SECOND * rooms / subscribers));
    double rate = values.find(OptionCatalog.RATE).orElse(usual);
    OptionValueSet only = listed.size() == 1 ? listed.get(0) : values;
    Phase phase =
        fanout(subscribers, rooms, roomsPerClient(only), count(rate, SWEEP_PUBLICATIONS), rate);
    return List.of(interrupted(published(phase, only), only));
  }

  private Optional<Integer> rooms() {
    return values.find(OptionCatalog.ROOMS);
  }

  /** The rate that was given for all phases, or the section's own. */
  private double rate(OptionValueSet own) {
    return values.find(OptionCatalog.RATE).orElseGet(() -> own.get(OptionCatalog.RATE));
  }

  /** A section of the list: one phase, or as many as it has parts. */
  private List<Phase> tuned(OptionValueSet listed, int subscribers) {
    double rate = rate(listed);
    int rooms = rooms().orElseGet(() -> listed.has("rooms") ? listed.positive("rooms") : 1);
    BackgroundLoad others = background(listed);
    int each = roomsPerClient(listed);
    int count = count(rate, listed.positive("count"));
    Phase offered = published(fanout(subscribers, rooms, each, count, rate), listed);
    Phase phase =
        interrupted(offered.among(others).named(offered.name() + others.suffix()), listed);
    if (!listed.has("parts")) {
      return List.of(phase);
    }
    return IntStream.rangeClosed(1, listed.positive("parts"))
        .mapToObj(part -> phase.named(phase.name() + "-part-" + part))
        .toList();
  }

  /**
   * The number that was given for all phases, or the section's own. Where it was given for all, a
   * dialect that cannot is an error; a section that a dialect cannot do is left out.
   */
  private int roomsPerClient(OptionValueSet listed) {
    boolean forAll = values.has(OptionCatalog.ROOMS_PER_CLIENT);
    int each = (forAll ? values : listed).find(OptionCatalog.ROOMS_PER_CLIENT).orElse(1);
    Optional<Dialect> unable =
        dialects.stream().filter(dialect -> !dialect.joinsSeveralRooms()).findFirst();
    if (forAll && each > 1 && unable.isPresent()) {
      throw BadOption.of(
          OptionCatalog.ROOMS_PER_CLIENT.key(),
          each,
          "1 with dialect %s, whose clients are in one room at a time"
              .formatted(unable.get().name()));
    }
    return each;
  }

  /** The phase with its publishers: those typed for all, otherwise those of its section. */
  private Phase published(Phase phase, OptionValueSet listed) {
    OptionValueSet from = values.has(OptionCatalog.PUBLISHERS) ? values : listed;
    PublisherChoice given = from.find(OptionCatalog.PUBLISHERS).orElse(PublisherChoice.ONE);
    if (given.equals(PublisherChoice.ONE)) {
      return phase;
    }
    int members = phase.membersOfRoom();
    int publishers = given.of(members);
    long pairs = (long) publishers * phase.memberships();
    if (members < 2 || publishers > members || pairs > MOST_PAIRS) {
      long most = members < 2 ? 1 : Math.min(members, MOST_PAIRS / phase.memberships());
      throw BadOption.of(
          OptionCatalog.PUBLISHERS.key(),
          from.text(OptionCatalog.PUBLISHERS).orElseThrow(),
          (most < 2 ? "1" : "1 to " + most) + " in rooms of " + members);
    }
    return phase.publishedBy(publishers).named(phase.name() + "-publishers-" + publishers);
  }

  /** The phase with its outage: what was typed for all, otherwise what the list says of it. */
  private Phase interrupted(Phase phase, OptionValueSet listed) {
    OptionValueSet from = values.has(OptionCatalog.OUTAGE) ? values : listed;
    Outage outage = from.find(OptionCatalog.OUTAGE).orElse(Outage.NONE);
    if (outage.any() && phase.roomsPerClient() > 1) {
      throw BadOption.of(
          OptionCatalog.ROOMS_PER_CLIENT.key(),
          phase.roomsPerClient(),
          "1 in a phase with an outage");
    }
    return phase.with(outage).named(phase.name() + outage.suffix());
  }

  private static BackgroundLoad background(OptionValueSet listed) {
    return new BackgroundLoad(
        listed.optionalPositive("churn", BackgroundLoad.MOST),
        listed.optionalPositive("slow", BackgroundLoad.MOST),
        listed.optionalPositive("chatter", BackgroundLoad.MOST));
  }

  private int count(double rate, int otherwise) {
    if (!values.has(OptionCatalog.DURATION)) {
      return otherwise;
    }
    double arrivals = rate * values.get(OptionCatalog.DURATION);
    if (arrivals < 1 || arrivals > MAX_PHASE_ARRIVALS) {
      throw new BadOption(
          String.format(
              Locale.ROOT,
              "duration at rate %s makes %.0f arrivals; a phase has 1 to %d.",
              rate,
              arrivals,
              MAX_PHASE_ARRIVALS));
    }
    return (int) Math.round(arrivals);
  }

  private Phase fanout(int subscribers, int rooms, int each, int count, double rate) {
    long memberships = (long) subscribers * each;
    if (each > rooms || memberships > OptionCatalog.MOST_SUBSCRIBERS) {
      int most = Math.min(rooms, OptionCatalog.MOST_SUBSCRIBERS / subscribers);
      throw BadOption.of(
          OptionCatalog.ROOMS_PER_CLIENT.key(),
          each,
          "1 to %d with rooms=%d and subscribers=%d".formatted(most, rooms, subscribers));
    }
    if (memberships % rooms != 0) {
      throw new BadOption(
          each == 1
              ? "rooms=" + rooms + " does not divide subscribers=" + subscribers + " evenly."
              : "rooms=%d does not divide subscribers=%d times roomsPerClient=%d evenly."
                  .formatted(rooms, subscribers, each));
    }
    String name =
        "fanout-"
            + subscribers
            + (rooms == 1 ? "" : "-in-" + rooms)
            + (each == 1 ? "" : "-each-in-" + each);
    return new Phase(name, PhaseKind.FANOUT, subscribers, rooms, count, rate, false)
        .withRoomsPerClient(each);
  }

  /** The kinds of a whole run. */
  static Set<PhaseKind> everything() {
    return Set.copyOf(Arrays.asList(PhaseKind.values()));
  }
}
