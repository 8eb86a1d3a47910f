package dev.fanbench.measurement.run;

import java.util.List;

/**
 * The ranks fanbench quotes, and how many samples each needs: {@code 10 ÷ (1 − p)}, so that at
 * least ten lie beyond it.
 */
public enum Rank {
  /** The median. */
  P50("p50", 500),
  /** 90th percentile. */
  P90("p90", 900),
  /** 99th percentile. */
  P99("p99", 990),
  /** 99.9th percentile. */
  P99_9("p99.9", 999),
  /** The largest sample, quoted for any number of them. */
  MAX("max", 1000);

  private final String label;
  private final long perMille;

  Rank(String label, long perMille) {
    this.label = label;
    this.perMille = perMille;
  }

  /** As written in tables and SLOs. */
  public String label() {
    return label;
  }

  /** Fewest independent samples with which it may be quoted. */
  public long samplesNeeded() {
    return this == MAX ? 1 : 10 * 1000 / (1000 - perMille);
  }

  /** Which of {@code count} samples, from 1 in ascending order, stands at this rank. */
  long position(long count) {
    return (count * perMille + 999) / 1000;
  }

  /** All labels, in order. */
  public static List<String> labels() {
    return List.of(values()).stream().map(Rank::label).toList();
  }
}
