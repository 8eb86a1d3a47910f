package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in progress at one moment, as its page shows it.
 *
 * @param target what is measured; empty before the first target starts
 * @param phase that is being prepared or runs; empty between targets
 * @param secondsLeft of the whole run, roughly
 * @param progress how far the phase is; empty until its first second is over
 * @param recent percentiles of what arrived in the last seconds of the phase
 * @param missingBefore deliveries that earlier measured phases lost
 * @param counts of all phases of all targets so far, in the order they began
 * @param seconds of the last minutes, in order
 * @param ending how the run ended; empty while it goes on
 */
public record LiveView(
    String target,
    Optional<Phase> phase,
    double secondsLeft,
    Optional<PhaseProgress> progress,
    Map<Series, PercentileTable> recent,
    long missingBefore,
    Map<LivePhase, DeliveryCount> counts,
    List<LiveSecond> seconds,
    Optional<Ending> ending) {

  public LiveView {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /**
   * The end of a run.
   *
   * @param lines sentences about the end, one each
   * @param page the report; empty when there is none
   */
  public record Ending(List<String> lines, Optional<Path> page) {

    public Ending {
      lines = List.copyOf(lines);
    }
  }

  /** Title of the page. */
  public String title() {
    if (ending.isPresent()) {
      return "The run has ended";
    }
    return phase
        .map(p -> target + ": " + p.name())
        .orElse(target.isEmpty() ? "Starting" : target + ": starting");
  }

  /** Arrivals per second really sent so far in this phase: offered rate × sent ÷ due. */
  public double achievedPerSecond() {
    PhaseProgress now = progress.orElseThrow();
    double kept = now.due() == 0 ? 1 : Math.min(1, (double) now.deliveryCount().sent() / now.due());
    return now.phase().ratePerSecond() * kept;
  }

  /** True when the load keeps its rate; the arrival that is just due is left out. */
  public boolean onTime() {
    PhaseProgress now = progress.orElseThrow();
    return now.due() - now.deliveryCount().sent() <= Math.max(1, now.due() / 100);
  }

  /** The offered load, in words. */
  public static String offer(Phase phase) {
    if (phase.kind() == PhaseKind.IDLE) {
      return "%s silent connections for %s"
          .formatted(UnitFormat.count(phase.subscribers()), UnitFormat.time(phase.seconds() * 1e9));
    }
    return UnitFormat.count(phase.count())
        + " "
        + switch (phase.kind()) {
          case IDLE -> "moments of silence";
          case CONNECT -> "connects";
          case ECHO -> "requests";
          case CHAT -> "messages to rooms of one";
          case FANOUT -> "publications to rooms of " + UnitFormat.count(phase.fanOut());
        }
        + " at "
        + UnitFormat.rate(phase.ratePerSecond());
  }
}
