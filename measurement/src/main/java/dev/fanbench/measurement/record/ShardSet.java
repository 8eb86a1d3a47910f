package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.ArrivalProcess;
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

  private ShardSet(List<RecordedRun> runs) {
    this.runs = runs;
  }

  /**
   * Checks that runs belong together.
   *
   * @throws IllegalArgumentException with a sentence that names what differs
   */
  static ShardSet of(List<RecordedRun> given) {
    List<RecordedRun> runs = given.stream().sorted(Comparator.comparing(ShardSet::start)).toList();
    if (runs.size() < 2 || runs.stream().map(ShardSet::path).distinct().count() < runs.size()) {
      throw new IllegalArgumentException("A merge takes two runs or more, each of them once.");
    }
    ShardSet parts = new ShardSet(runs);
    parts.requireOneTarget();
    parts.requireOneOffer();
    parts.requireSchedulesOfTheirOwn();
    parts.requireRoomsOfTheirOwn();
    parts.phases().forEach(phase -> parts.requireTogether(phase));
    return parts;
  }

  /** In the order they were started. */
  List<RecordedRun> runs() {
    return runs;
  }

  /** Phases that every process has ended, by their place. */
  List<Integer> phases() {
    int ended = runs.stream().mapToInt(r -> r.phases().size()).min().orElseThrow();
    return IntStream.range(0, ended).boxed().toList();
  }

  /** From the start of the first run to the start of this one, by the clocks of their machines. */
  long shiftNanos(RecordedRun run) {
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
