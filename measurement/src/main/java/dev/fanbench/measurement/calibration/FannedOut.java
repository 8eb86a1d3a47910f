package dev.fanbench.measurement.calibration;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.RecordedPhase;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Publications to rooms of one size. A publication that did not reach every member is left out,
 * because its last delivery is not known.
 *
 * @param members subscribers of a room, each of which costs one post
 * @param ownNanos what the emulator's software takes to a first delivery by itself, on the machine
 *     where the model will be used; 0 when that is not known
 * @param publications in the order of their sending
 */
record FannedOut(int members, double ownNanos, List<Publication> publications) {

  FannedOut {
    publications = List.copyOf(publications);
  }

  /**
   * One publication, timed from when it was sent.
   *
   * @param firstNanos to its first delivery
   * @param lastNanos to its last
   */
  record Publication(double firstNanos, double lastNanos) {
    double skewNanos() {
      return lastNanos - firstNanos;
    }
  }

  static FannedOut of(RecordedPhase phase) {
    return new FannedOut(
        phase.phase().fanOut(),
        0,
        phase.arrivals().stream()
            .filter(arrival -> arrival.missing() == 0 && arrival.delivered() > 0)
            .map(FannedOut::timed)
            .toList());
  }

  private static Publication timed(Arrival arrival) {
    return new Publication(
        arrival.firstAtNanos() - (double) arrival.sentAtNanos(),
        arrival.lastAtNanos() - (double) arrival.sentAtNanos());
  }

  /** The same room, on an emulator whose software was measured in {@code own}. */
  FannedOut beside(FannedOut own) {
    return new FannedOut(members, own.medianNanos(Publication::firstNanos), publications);
  }

  double medianNanos(ToDoubleFunction<Publication> time) {
    return PostSchedule.median(publications.stream().mapToDouble(time).toArray());
  }
}
