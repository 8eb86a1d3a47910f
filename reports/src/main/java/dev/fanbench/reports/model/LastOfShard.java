package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The time to last delivery of a room that several shards share. Each shard times its own members,
 * so the last one of a shard stands for the last of all.
 */
final class LastOfShard {

  private LastOfShard() {}

  /** A sentence for each phase with such rooms; none for a run of one load process. */
  static List<String> of(ReportedRun entry, List<RecordedPhase> phases) {
    return phases.stream().flatMap(phase -> of(entry, phase).stream()).toList();
  }

  private static Optional<String> of(ReportedRun entry, RecordedPhase recorded) {
    Run run = entry.run();
    boolean shared =
        recorded.phase().kind() == PhaseKind.FANOUT
            && run.shards() > 1
            && new PhaseShare(recorded.phase(), new Shard(0, run.shards())).sharesRooms();
    if (!shared) {
      return Optional.empty();
    }
    int all = recorded.phase().membersOfRoom();
    int own = all / run.shards();
    double places = places(all, own);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: in %s each of %d load processes times its own %s of %s members of a room."
                + " The last of all comes %.1f places after the last of these, if they are drawn"
                + " evenly: %.2g %% of the time from first to last%s.",
            entry.name(),
            recorded.phase().name(),
            run.shards(),
            UnitFormat.count(own),
            UnitFormat.count(all),
            places,
            100 * places / all,
            median(recorded, places / all)));
  }

  /** The expected number of members behind the last of {@code own} that are drawn from all. */
  static double places(int all, int own) {
    return (double) (all - own) / (own + 1);
  }

  private static String median(RecordedPhase recorded, double share) {
    return recorded
        .series(Series.SKEW)
        .map(skew -> Percentile.P50.nanosAt(skew.histogram(), skew.undelivered()))
        .filter(nanos -> nanos.orElse(Long.MAX_VALUE) < Long.MAX_VALUE)
        .map(nanos -> ", which is " + UnitFormat.time(Math.round(share * nanos.getAsLong())))
        .map(text -> text + " at the median")
        .orElse("");
  }
}
