package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.target.TargetCounter;
import java.util.List;
import java.util.Optional;

/**
 * Lower bound of the time to last delivery for a single invocation under a latency model. Posts
 * beyond those in flight wait for earlier ones, and none takes less than the smallest latency
 * drawn.
 *
 * @param entry the run
 * @param members of the room
 * @param inFlight posts that one invocation has in flight at most
 * @param smallestNanos the smallest latency of a post that was drawn
 * @param fastestNanos the shortest time to last delivery that was measured
 */
public record PostBound(
    ReportedRun entry, int members, int inFlight, double smallestNanos, double fastestNanos) {

  private static final String SMALLEST = TargetCounter.MODEL_SMALLEST.key("post");
  private static final String IN_FLIGHT = "postConcurrency";
  private static final String DESIGN = "broadcast";
  private static final String SHARED_OUT = "invocations";

  /** For the largest room of each run that has a model and more members than posts in flight. */
  public static List<PostBound> of(List<FanOutLine> lines) {
    return lines.stream().flatMap(line -> of(line).stream()).toList();
  }

  private static Optional<PostBound> of(FanOutLine line) {
    String inFlight = line.entry().run().target().settings().getOrDefault(IN_FLIGHT, "");
    FanOutLine.Point largest = line.points().get(line.points().size() - 1);
    return inFlight.matches("[1-9][0-9]{0,5}") && largest.fanOut() > Integer.parseInt(inFlight)
        ? of(line.entry(), largest, Integer.parseInt(inFlight))
        : Optional.empty();
  }

  private static Optional<PostBound> of(ReportedRun entry, FanOutLine.Point room, int inFlight) {
    return room.fastestNanos()
        .flatMap(
            fastest ->
                smallest(entry)
                    .map(post -> new PostBound(entry, room.fanOut(), inFlight, post, fastest)));
  }

  private static Optional<Double> smallest(ReportedRun entry) {
    return entry.run().measured().stream()
        .map(PhaseResult::target)
        .filter(target -> target != null && target.counters().containsKey(SMALLEST))
        .map(target -> target.counters().get(SMALLEST))
        .min(Double::compare);
  }

  /** Posts that follow one another, at least, where one invocation posts to all. */
  public int inARow() {
    return (members + inFlight - 1) / inFlight;
  }

  /** No invocation alone reaches the last member earlier. */
  public double nanos() {
    return inARow() * smallestNanos;
  }

  /** True when one invocation posts to the whole room, so that the bound is the design's. */
  public boolean binds() {
    return !SHARED_OUT.equals(entry.run().target().settings().get(DESIGN));
  }

  /** The bound and what was measured, as a sentence. */
  public String text() {
    return "%s: %s members with %d posts in flight are %d posts in a row; the smallest post drawn took %s, so %s. Measured at best: %s%s."
        .formatted(
            entry.name(),
            UnitFormat.count(members),
            inFlight,
            inARow(),
            UnitFormat.time(smallestNanos),
            UnitFormat.time(nanos()),
            UnitFormat.time(fastestNanos),
            binds() ? "" : ", by several invocations side by side, which this does not bind");
  }
}
