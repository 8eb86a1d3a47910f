package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Seconds of phases, as a recorder would tell them. */
public final class Standings {

  public static final long MILLI = 1_000_000;
  public static final Phase FANOUT =
      new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, 400, 40, false);

  private Standings() {}

  /** A second of {@link #FANOUT} in which all took equally long. */
  public static PhaseProgress second(
      int due, long sent, long missing, int publications, long nanos) {
    Interval last = interval(publications, nanos);
    Interval each = interval(10 * publications, nanos);
    return new PhaseProgress(
        FANOUT,
        due * 1_000L * MILLI / (long) FANOUT.ratePerSecond(),
        due,
        deliveryCount(sent, missing),
        Map.of(Series.LAST_DELIVERY, last, Series.RESPONSE, each, Series.HICCUP, interval(1, 1)));
  }

  private static DeliveryCount deliveryCount(long sent, long missing) {
    long expected = 10 * sent;
    return DeliveryCountBuilder.builder()
        .sent(sent)
        .expected(expected)
        .delivered(expected - missing)
        .missing(missing)
        .build();
  }

  private static Interval interval(int samples, long nanos) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    histogram.recordValueWithCount(nanos, samples);
    return new Interval(0, 1_000 * MILLI, histogram);
  }
}
