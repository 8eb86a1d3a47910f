package dev.fanbench.gatling.options;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Turns the fan-out sections of a workload, and what was given for all of them, into phases. */
final class FanoutReader {
  /** Deliveries per second that a swept room size is offered when the file does not name it. */
  private static final int SWEEP_DELIVERIES_PER_SECOND = 4_000;

  private static final int MAX_SWEEP_RATE = 200;
  private static final int SWEEP_PUBLICATIONS = 100;

  /** Pairs of a publisher and a subscriber that hears it; each keeps four bytes. */
  private static final long MOST_PAIRS = 10_000_000;

  private final OptionValueSet values;
  private final GivenLoad given;
  private final List<Dialect> dialects;

  /**
   * @param values merged keys
   * @param dialects of all targets, since all get the same phases
   */
  FanoutReader(OptionValueSet values, List<Dialect> dialects) {
    this.values = values;
    this.given = new GivenLoad(values);
    this.dialects = dialects;
  }

  /** The phases in the order of the sections or of the list of sizes. */
  List<Phase> phases() {
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
        fanout(
            subscribers, rooms, roomsPerClient(only), given.count(rate, SWEEP_PUBLICATIONS), rate);
    return List.of(interrupted(published(phase, only), only));
  }

  private Optional<Integer> rooms() {
    return values.find(OptionCatalog.ROOMS);
  }

  /** A section of the list: one phase, or as many as it has parts. */
  private List<Phase> tuned(OptionValueSet listed, int subscribers) {
    double rate = given.rate(listed);
    int rooms = rooms().orElseGet(() -> listed.has("rooms") ? listed.positive("rooms") : 1);
    BackgroundLoad others = background(listed);
    int each = roomsPerClient(listed);
    int count = given.count(rate, listed.positive("count"));
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
}
