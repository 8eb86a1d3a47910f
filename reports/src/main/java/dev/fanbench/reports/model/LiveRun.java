package dev.fanbench.reports.model;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A run in progress: told by the threads that run it, in no time to speak of, and looked at by the
 * one that shows it, which does the sums. Thread-safe.
 */
public final class LiveRun {

  /** Seconds that the percentiles reach back. */
  public static final int WINDOW_SECONDS = 10;

  /** Seconds that the curves reach back, of those in which something was measured. */
  public static final int CURVE_SECONDS = 180;

  private static final List<Series> SHOWN =
      List.of(Series.LAST_DELIVERY, Series.RESPONSE, Series.SEND_DELAY, Series.HICCUP);

  private final NanoClock clock;
  private final Deque<PhaseProgress> recent = new ArrayDeque<>();
  private final Deque<LiveSecond> seconds = new ArrayDeque<>();
  private final long beginNanos;
  private String target = "";
  private Optional<Phase> phase = Optional.empty();
  private long endAtNanos;
  private final Map<LivePhase, DeliveryCount> counts = new LinkedHashMap<>();
  private Optional<LiveView.Ending> ending = Optional.empty();

  /** A run of which nothing is known yet. */
  public LiveRun(NanoClock clock) {
    this.clock = clock;
    beginNanos = clock.nanoTime();
    endAtNanos = beginNanos;
  }

  /** A target is being started; times are of the whole run. */
  public synchronized void starting(String label, double secondsLeft) {
    begin(label, Optional.empty(), secondsLeft);
  }

  /** A phase, or a repeat of one, is being prepared. */
  public synchronized void begins(String label, Phase coming, double secondsLeft) {
    begin(label, Optional.of(coming), secondsLeft);
  }

  private void begin(String label, Optional<Phase> coming, double secondsLeft) {
    recent.clear();
    target = label;
    phase = coming;
    endAtNanos = clock.nanoTime() + (long) (secondsLeft * TimeUnit.SECONDS.toNanos(1));
  }

  /** Deliveries that phases other than the one that is shown have lost, warm-ups left out. */
  private long missingBefore() {
    return counts.entrySet().stream()
        .filter(each -> !each.getKey().phase().warmUp() && !isShown(each.getKey()))
        .mapToLong(each -> each.getValue().missing())
        .sum();
  }

  private boolean isShown(LivePhase each) {
    return each.target().equals(target) && phase.filter(each.phase()::equals).isPresent();
  }

  /** Another second of a phase is over, which need not be the one that has its turn now. */
  public synchronized void ticked(String label, PhaseProgress progress) {
    LivePhase told = new LivePhase(label, progress.phase());
    DeliveryCount before = counts.getOrDefault(told, DeliveryCount.NONE);
    counts.put(told, progress.deliveryCount());
    if (!isShown(told)) {
      return;
    }
    double atSecond = (clock.nanoTime() - beginNanos) / 1e9;
    LiveSecond.of(atSecond, told, progress, before).ifPresent(seconds::addLast);
    if (seconds.size() > CURVE_SECONDS) {
      seconds.removeFirst();
    }
    recent.addLast(progress);
    if (recent.size() > WINDOW_SECONDS) {
      recent.removeFirst();
    }
  }

  /** Nothing more will be told. */
  public synchronized void ended(LiveView.Ending how) {
    ending = Optional.of(how);
  }

  /** The view of this moment. */
  public synchronized LiveView view() {
    return new LiveView(
        target,
        phase,
        Math.max(0, endAtNanos - clock.nanoTime()) / 1e9,
        latest(),
        percentiles(),
        missingBefore(),
        counts,
        List.copyOf(seconds),
        ending);
  }

  private Optional<PhaseProgress> latest() {
    return Optional.ofNullable(recent.peekLast());
  }

  private Map<Series, PercentileTable> percentiles() {
    Map<Series, PercentileTable> all = new EnumMap<>(Series.class);
    for (Series series : SHOWN) {
      Interval[] gained =
          recent.stream()
              .flatMap(s -> Optional.ofNullable(s.gained().get(series)).stream())
              .toArray(Interval[]::new);
      if (gained.length > 0) {
        Histogram sum = gained[0].histogram();
        for (int i = 1; i < gained.length; i++) {
          gained[i].addTo(sum);
        }
        all.put(series, PercentileTable.of(sum, 0, independent(series, sum, all)));
      }
    }
    return all;
  }

  /** Deliveries of a publication depend on each other, so whole publications count. */
  private long independent(Series series, Histogram sum, Map<Series, PercentileTable> before) {
    boolean fanOut = phase.map(p -> p.kind() == PhaseKind.FANOUT).orElse(false);
    if (!fanOut || !series.countsDeliveries()) {
      return sum.getTotalCount();
    }
    PercentileTable whole = before.get(Series.LAST_DELIVERY);
    return whole == null ? 0 : whole.samples();
  }
}
