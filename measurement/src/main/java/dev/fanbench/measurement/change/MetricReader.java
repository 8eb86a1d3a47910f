package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Reads a metric from one side's runs, or says why that cannot be. */
final class MetricReader {

  /** A metric that was read, or the clause that says why not. */
  record Reading(Optional<SampledMetric> sampled, String why) {

    private static Reading none(String why) {
      return new Reading(Optional.empty(), why);
    }
  }

  private MetricReader() {}

  static Reading read(Metric metric, ComparedSide side) {
    List<RecordedPhase> phases =
        side.runs().stream().flatMap(run -> phase(run, metric.phase()).stream()).toList();
    if (phases.size() < side.runs().size()) {
      return Reading.none("not every run of " + side.name() + " measured " + metric.phase());
    }
    return metric instanceof Metric.Latency latency
        ? latency(latency, side, phases)
        : cpu(side, phases);
  }

  static Optional<RecordedPhase> phase(RecordedRun run, String name) {
    return run.measured().stream().filter(p -> p.phase().name().equals(name)).findFirst();
  }

  private static Reading cpu(ComparedSide side, List<RecordedPhase> phases) {
    SampledCpu cpu = SampledCpu.of(phases.stream().map(RecordedPhase::result).toList());
    return cpu.nanosPerDelivery().stream().allMatch(nanos -> nanos > 0)
        ? new Reading(Optional.of(cpu), "")
        : Reading.none("the CPU of " + side.name() + " is not known");
  }

  private static Reading latency(
      Metric.Latency metric, ComparedSide side, List<RecordedPhase> phases) {
    if (!Metric.series(phases.get(0).phase().kind()).contains(metric.series())) {
      return Reading.none(metric.phase() + " has no " + metric.series().label());
    }
    List<long[]> samples = phases.stream().map(p -> samples(p, metric.series())).toList();
    long count = samples.stream().mapToLong(s -> s.length).sum();
    if (count < metric.rank().samplesNeeded() || samples.stream().anyMatch(s -> s.length == 0)) {
      return Reading.none(
          "%s of %s has %s samples and needs %s"
              .formatted(
                  metric.rank().label(),
                  side.name(),
                  UnitFormat.count(count),
                  UnitFormat.count(metric.rank().samplesNeeded())));
    }
    return new Reading(Optional.of(new SampledPercentile(metric.rank(), samples)), "");
  }

  /** To the three digits of the histogram, so that a report of the same run says the same. */
  static long[] samples(RecordedPhase phase, Series series) {
    RecordedSeries recorded = phase.series(series).orElseThrow();
    LongStream seen =
        phase.arrivals().stream()
            .filter(arrival -> happened(arrival, series))
            .mapToLong(arrival -> nanos(arrival, series))
            .map(recorded.histogram()::highestEquivalentValue);
    LongStream never =
        LongStream.generate(() -> SampledPercentile.NEVER).limit(recorded.undelivered());
    return LongStream.concat(seen, never).toArray();
  }

  private static boolean happened(Arrival arrival, Series series) {
    return arrival.delivered() > 0 && (arrival.missing() == 0 || series == Series.FIRST_DELIVERY);
  }

  private static long nanos(Arrival arrival, Series series) {
    return switch (series) {
      case RESPONSE, LAST_DELIVERY -> arrival.lastAtNanos() - arrival.intendedAtNanos();
      case FIRST_DELIVERY -> arrival.firstAtNanos() - arrival.intendedAtNanos();
      case SKEW -> arrival.lastAtNanos() - arrival.firstAtNanos();
      case SERVICE,
          SEND_DELAY,
          TLS_HANDSHAKE,
          RECONNECT,
          SAME_NODE,
          OTHER_NODE,
          SUBSCRIBER_P50,
          SUBSCRIBER_P99,
          READ_LAG,
          HICCUP ->
          throw new IllegalArgumentException(series.label() + " is of no arrival");
    };
  }
}
