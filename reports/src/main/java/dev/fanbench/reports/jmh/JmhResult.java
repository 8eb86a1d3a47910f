package dev.fanbench.reports.jmh;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One benchmark with one set of parameters.
 *
 * @param benchmark its full name, {@code dev.fanbench.jmh.BroadcasterBenchmark.publish}
 * @param mode as JMH shortens it: {@code avgt}, {@code thrpt}, …
 * @param parameters by name
 * @param score what the benchmark measures
 * @param others its further metrics by name, profilers' among them
 * @param conditions forks, iterations and JVM, in words
 */
public record JmhResult(
    String benchmark,
    String mode,
    SortedMap<String, String> parameters,
    JmhMetric score,
    Map<String, JmhMetric> others,
    String conditions) {

  /** The parameter that holds the deliveries of one publication. */
  private static final String FAN_OUT = "fanOut";

  /** Class and method, {@code BroadcasterBenchmark.publish}. */
  public String name() {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  /** Elapsed nanoseconds for each delivery, where the benchmark counts deliveries. */
  public Optional<JmhMetric> elapsedPerDelivery() {
    return other("delivery");
  }

  /** Nanoseconds on a processor of the thread that delivers, for each delivery. */
  public Optional<JmhMetric> cpuPerDelivery() {
    return other("loop.cpu");
  }

  /** Bytes that all threads allocated for each delivery, where {@code -prof gc} was on. */
  public Optional<JmhMetric> allocatedPerDelivery() {
    String fanOut = parameters.getOrDefault(FAN_OUT, "");
    return fanOut.matches("[1-9][0-9]{0,8}")
        ? other("gc.alloc.rate.norm").map(m -> m.dividedBy(Integer.parseInt(fanOut), "B/delivery"))
        : Optional.empty();
  }

  /** By its name; older versions of JMH put a dot before those of profilers. */
  private Optional<JmhMetric> other(String name) {
    return Optional.ofNullable(others.getOrDefault(name, others.get("·" + name)));
  }

  /** True when a lower score is better, so that a ratio of two is one of costs. */
  boolean measuresTime() {
    return !mode.equals("thrpt");
  }
}
