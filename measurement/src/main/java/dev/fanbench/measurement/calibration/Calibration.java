package dev.fanbench.measurement.calibration;

import dev.fanbench.measurement.calibration.FannedOut.Publication;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The hops behind a target, fitted to one run.
 *
 * <pre>{@code
 * Calibration calibration = Calibration.of(RunReader.read(directory), 50);
 * Files.writeString(file, calibration.model("mine"));
 * }</pre>
 *
 * @param inFlight posts that a function has in flight; known, not fitted
 * @param publications that the fixed hops were read from
 * @param fixed all hops of a publication but the posts, together
 * @param post one post to a connection, there and back
 * @param postMeanNanos mean of a post
 * @param rooms the fit's error for each size of room
 */
public record Calibration(
    int inFlight,
    int publications,
    HopTime fixed,
    HopTime post,
    double postMeanNanos,
    List<Room> rooms) {

  /** Fewer leave too much of the first delivery to the post that happens to be the quickest. */
  private static final int SMALLEST_ROOM = 10;

  /** A p99 needs so many. */
  private static final long FEWEST = Percentile.P99.samplesNeeded();

  private static final double LEAST_SCATTER = 0.01;

  /** A p99 of nine medians. Of posts that scatter more, the ratio of the skews no longer falls. */
  private static final double MOST_SCATTER = 0.95;

  /**
   * Times that the largest room must fill the posts in flight, so that their mean decides its skew.
   */
  private static final int ROUNDS = 5;

  private static final int HALVINGS = 14;
  private static final long SEED = 1;

  /** The 99th percentile of the standard normal distribution. */
  private static final double STANDARD_P99 = 2.3263478740408408;

  /**
   * One size of room.
   *
   * @param members subscribers
   * @param measuredNanos median time to last delivery in the run
   * @param modelNanos the same of the fitted model
   */
  public record Room(int members, double measuredNanos, double modelNanos) {}

  public Calibration {
    rooms = List.copyOf(rooms);
  }

  /**
   * Fits a run.
   *
   * @param inFlight posts that a function of the target has in flight
   * @throws IllegalArgumentException with a sentence that says what the run lacks
   */
  public static Calibration of(RecordedRun run, int inFlight) {
    return of(rooms(run), inFlight);
  }

  /**
   * Fits a run, less the time of the emulator's own software. A model comes on top of that
   * software, so its time would count twice.
   *
   * @param software a run of the same rooms on an emulator without a model
   * @param inFlight posts that a function of the target has in flight
   * @throws IllegalArgumentException with a sentence that names the part that a run lacks
   */
  public static Calibration of(RecordedRun run, RecordedRun software, int inFlight) {
    Map<Integer, FannedOut> own =
        rooms(software).stream()
            .collect(Collectors.toMap(FannedOut::members, room -> room, (room, again) -> room));
    return of(rooms(run).stream().map(room -> room.beside(same(room, own))).toList(), inFlight);
  }

  private static FannedOut same(FannedOut room, Map<Integer, FannedOut> own) {
    return Optional.ofNullable(own.get(room.members()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the run of the software has no room of %d, as the run to fit has; it has %s"
                        .formatted(room.members(), new TreeSet<>(own.keySet()))));
  }

  /** In ascending order of their size. */
  private static List<FannedOut> rooms(RecordedRun run) {
    return run.measured().stream()
        .filter(phase -> phase.phase().kind() == PhaseKind.FANOUT)
        .map(FannedOut::of)
        .filter(room -> room.members() >= SMALLEST_ROOM && !room.publications().isEmpty())
        .sorted(Comparator.comparing(FannedOut::members))
        .toList();
  }

  static Calibration of(List<FannedOut> rooms, int inFlight) {
    FannedOut together =
        last(rooms.stream().filter(room -> room.members() <= inFlight).toList())
            .orElseThrow(() -> lacks("a room of 10 to %d subscribers".formatted(inFlight)));
    FannedOut queueing =
        last(rooms)
            .filter(room -> room.members() >= ROUNDS * inFlight)
            .orElseThrow(
                () ->
                    lacks("a room of %d times the %d posts in flight".formatted(ROUNDS, inFlight)));
    double sigma = scatter(together, queueing, inFlight);
    double p50 =
        queueing.medianNanos(Publication::skewNanos)
            / schedule(queueing, inFlight).at(sigma).skew();
    HopTime post = new HopTime(p50, p50 * Math.exp(sigma * STANDARD_P99));
    double[] fixed = fixed(rooms, inFlight, sigma, p50);
    if (fixed.length < FEWEST) {
      throw lacks(
          "%d publications to rooms of 10 or more for a p99, and has %d"
              .formatted(FEWEST, fixed.length));
    }
    HopTime together99 = new HopTime(at(fixed, Percentile.P50), at(fixed, Percentile.P99));
    return new Calibration(
        inFlight,
        fixed.length,
        together99,
        post,
        p50 * Math.exp(sigma * sigma / 2),
        rooms.stream().map(room -> check(room, inFlight, sigma, p50, together99)).toList());
  }

  private static Optional<FannedOut> last(List<FannedOut> rooms) {
    return rooms.isEmpty() ? Optional.empty() : Optional.of(rooms.get(rooms.size() - 1));
  }

  private static IllegalArgumentException lacks(String what) {
    return new IllegalArgumentException(
        "to calibrate, a run needs "
            + what
            + "; the default workload has all of it for 50 posts in flight");
  }

  private static PostSchedule schedule(FannedOut room, int inFlight) {
    return new PostSchedule(room.members(), inFlight, SEED);
  }

  /** The scatter at which both rooms' skews are in the ratio that was measured. */
  private static double scatter(FannedOut together, FannedOut queueing, int inFlight) {
    double measured =
        queueing.medianNanos(Publication::skewNanos) / together.medianNanos(Publication::skewNanos);
    PostSchedule small = schedule(together, inFlight);
    PostSchedule large = schedule(queueing, inFlight);
    double low = LEAST_SCATTER;
    double high = MOST_SCATTER;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (large.at(middle).skew() / small.at(middle).skew() > measured) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** Of every publication, what came before its first post, in ascending order. */
  private static double[] fixed(List<FannedOut> rooms, int inFlight, double sigma, double p50) {
    return rooms.stream()
        .flatMapToDouble(
            room -> {
              double before = room.ownNanos() + p50 * schedule(room, inFlight).at(sigma).first();
              return room.publications().stream()
                  .mapToDouble(publication -> Math.max(1, publication.firstNanos() - before));
            })
        .sorted()
        .toArray();
  }

  private static double at(double[] sorted, Percentile rank) {
    return sorted[Math.toIntExact(rank.position(sorted.length)) - 1];
  }

  private static Room check(FannedOut room, int inFlight, double sigma, double p50, HopTime fixed) {
    return new Room(
        room.members(),
        room.medianNanos(Publication::lastNanos),
        room.ownNanos() + fixed.p50Nanos() + p50 * schedule(room, inFlight).at(sigma).last());
  }

  /**
   * A model file, as {@code model=} takes it: the fixed hops stand in {@code invoke}, all of them.
   *
   * @param run where it comes from, for reports
   */
  public String model(String run) {
    return ModelFile.text(this, run);
  }
}
