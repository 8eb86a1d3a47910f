package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Runs of several load processes that offered one workload to one target at the same time. */
final class ShardSet {

  /** Share of a phase that all processes should spend in it together. */
  private static final double TOGETHER = 0.9;

  private final List<RecordedRun> runs;

  /** Whether they shared one workload; otherwise each offered one of its own. */
  private final boolean shared;

  private ShardSet(List<RecordedRun> runs, boolean shared) {
    this.runs = runs;
    this.shared = shared;
  }

  /**
   * Checks that runs belong together.
   *
   * @throws IllegalArgumentException with a sentence that names what differs
   */
  static ShardSet of(List<RecordedRun> given) {
    boolean shared = given.stream().anyMatch(run -> run.run().share() != null);
    List<RecordedRun> runs =
        given.stream()
            .sorted(
                Comparator.comparing((RecordedRun run) -> run.run().shard().index())
                    .thenComparing(ShardSet::start))
            .toList();
    if (runs.size() < 2 || runs.stream().map(ShardSet::path).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("A merge takes two runs or more, each of them once.");
    }
    if (shared) {
      ShardOrder.require(runs);
    }
    ShardSet parts = new ShardSet(runs, shared);
    parts.requireOneTarget();
    if (shared) {
      parts.requireSame("workload", r -> r.share().whole());
      parts.requireSame("run", Run::experiment);
    } else {
      parts.requireOneOffer();
      parts.requireSchedulesOfTheirOwn();
      parts.requireRoomsOfTheirOwn();
    }
    parts.phases().forEach(phase -> parts.requireTogether(phase));
    return parts;
  }

  /** The workload that they offered together. */
  Workload workload() {
    Run first = runs.get(0).run();
    if (shared) {
      return first.share().whole();
    }
    Workload offered = first.workload();
    return new Workload(
        offered.name(),
        offered.phases().stream().map(p -> p.times(runs.size())).toList(),
        offered.arrivals(),
        offered.payloadBytes(),
        offered.drainMillis(),
        offered.seed());
  }

  /** A phase that they offered together, by its place. */
  Phase phase(int place) {
    Phase first = result(0, place).phase();
    return shared
        ? SharedWorkload.alone(workload()).share(first).whole()
        : first.times(runs.size());
  }

  /** The place of an arrival among those of all processes; unknown where each had its own. */
  int place(RecordedRun run, Arrival arrival) {
    return shared ? run.run().shard().nth(arrival.n()) : 0;
  }

  /** Shards in the order of their numbers, other processes in the order they were started. */
  List<RecordedRun> runs() {
    return runs;
  }

  /** Whether they are shards of one workload. */
  boolean shared() {
    return shared;
  }

  /** Phases that every process has ended, by their place. */
  List<Integer> phases() {
    int ended = runs.stream().mapToInt(r -> r.phases().size()).min().orElseThrow();
    return IntStream.range(0, ended).boxed().toList();
  }

  /**
   * From the start of the first run to the start of this one, by the clocks of their machines. Of
   * shards it is known better, as they begin a phase together.
   */
  long shiftNanos(RecordedRun run) {
    if (shared && !phases().isEmpty()) {
      return runs.get(0).phases().get(0).result().startNanos()
          - run.phases().get(0).result().startNanos();
    }
    return Duration.between(start(runs.get(0)), start(run)).toNanos();
  }

  /** Warnings of phases that the processes did not run together from end to end. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (int phase : phases()) {
      double share = togetherNanos(phase) / plannedNanos(phase);
      if (result(0, phase).counts() && share < TOGETHER) {
        warnings.add(
            "The processes sent together during %s of phase %s only."
                    .formatted(
                        UnitFormat.percent(Math.max(0, share)), result(0, phase).phase().name())
                + " Likely one was started later than another."
                + " Start them at the same time, or make the phases longer.");
      }
    }
    return warnings;
  }

  private void requireOneTarget() {
    for (RecordedRun run : runs) {
      if (run.run().target().launched()) {
        throw new IllegalArgumentException(
            path(run)
                + " measured a target that it started itself, so no other process measured it;"
                + " give all of them the URL of one that runs already.");
      }
    }
    requireSame("target", r -> r.target().label() + " at " + r.target().url());
    requireSame("fanbench", r -> r.fanbenchVersion() + ", revision " + r.revision());
  }

  private void requireOneOffer() {
    requireSame("workload", r -> r.workload().name());
    requireSame("arrivals", r -> r.workload().arrivals());
    requireSame("payloadBytes", r -> r.workload().payloadBytes());
    requireSame("drain in ms", r -> r.workload().drainMillis());
    requireSame("phases", r -> r.workload().phases());
  }

  /** Processes with one seed draw one Poisson schedule, and send their bursts together. */
  private void requireSchedulesOfTheirOwn() {
    boolean poisson = runs.get(0).run().workload().arrivals() == ArrivalProcess.POISSON;
    long seeds = runs.stream().map(r -> r.run().workload().seed()).distinct().count();
    if (poisson && seeds < runs.size()) {
      throw new IllegalArgumentException(
          "The runs drew the same Poisson schedule, because they have the same seed; give each"
              + " process another seed.");
    }
  }

  /** A stamp of another process is one that nothing explains. */
  private void requireRoomsOfTheirOwn() {
    for (RecordedRun run : runs) {
      if (run.measured().stream().anyMatch(p -> p.result().deliveryCount().unexpected() > 0)) {
        throw new IllegalArgumentException(
            path(run)
                + " received what it had not published: a merge is of processes that each have"
                + " rooms of their own.");
      }
    }
  }

  private void requireTogether(int phase) {
    if (result(0, phase).counts() && togetherNanos(phase) <= 0) {
      throw new IllegalArgumentException(
          "The runs were not at the same time: when one began phase %s, another had ended it."
              .formatted(result(0, phase).phase().name()));
    }
  }

  private void requireSame(String what, Function<Run, Object> value) {
    RecordedRun first = runs.get(0);
    for (RecordedRun other : runs) {
      Object one = value.apply(first.run());
      Object two = value.apply(other.run());
      if (!one.equals(two)) {
        throw new IllegalArgumentException(
            "The runs differ in %s: %s has %s, %s has %s."
                .formatted(what, path(first), one, path(other), two));
      }
    }
  }

  /** From the last process's first arrival to the end of the first one's schedule. */
  private double togetherNanos(int phase) {
    long last =
        IntStream.range(0, runs.size()).mapToLong(run -> began(run, phase)).max().orElseThrow();
    long first =
        IntStream.range(0, runs.size()).mapToLong(run -> began(run, phase)).min().orElseThrow();
    return first + plannedNanos(phase) - last;
  }

  private double plannedNanos(int phase) {
    return result(0, phase).phase().seconds() * 1e9;
  }

  private long began(int run, int phase) {
    return shiftNanos(runs.get(run)) + result(run, phase).startNanos();
  }

  private PhaseResult result(int run, int phase) {
    return runs.get(run).phases().get(phase).result();
  }

  private static Instant start(RecordedRun run) {
    return Instant.parse(run.run().startedAt());
  }

  private static Path path(RecordedRun run) {
    return run.directory().path().toAbsolutePath().normalize();
  }
}
