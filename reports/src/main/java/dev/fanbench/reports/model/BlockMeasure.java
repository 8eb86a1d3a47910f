package dev.fanbench.reports.model;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.target.TargetCounter;
import java.util.OptionalDouble;

/** A figure that each block of a phase has, beside its latencies. */
public enum BlockMeasure {
  /** Copies that reached clients, a second. */
  DELIVERIES("deliveries", "deliveries per second") {
    @Override
    public OptionalDouble of(BlockResult block) {
      return OptionalDouble.of(block.copies() / seconds(block.endNanos() - block.startNanos()));
    }
  },
  /** Cores that the target used, its compilers included. */
  CPU("CPU", "the target’s CPU, its compilers included") {
    @Override
    public OptionalDouble of(BlockResult block) {
      Usage target = block.target();
      return target == null || target.wallNanos() <= 0
          ? OptionalDouble.empty()
          : OptionalDouble.of((double) target.cpuNanos() / target.wallNanos());
    }
  },
  /** Resident memory of the target's processes at the end of the block. */
  MEMORY("memory", "the target’s resident memory at the end of each block") {
    @Override
    public OptionalDouble of(BlockResult block) {
      return counter(block, UsageMeter.RESIDENT_BYTES);
    }
  },
  /** Share of the time that the target's garbage collector took. */
  COLLECTION("GC", "the target’s garbage collection, share of the time") {
    @Override
    public OptionalDouble of(BlockResult block) {
      OptionalDouble millis = counter(block, TargetCounter.GC_MILLIS.key());
      return millis.isPresent()
          ? OptionalDouble.of(millis.getAsDouble() / 1e3 / seconds(block.target().wallNanos()))
          : millis;
    }
  };

  private final String brief;
  private final String words;

  BlockMeasure(String brief, String words) {
    this.brief = brief;
    this.words = words;
  }

  /** The figure of a block; empty when it was not taken. */
  public abstract OptionalDouble of(BlockResult block);

  /** The name beside a value. */
  public String brief() {
    return brief;
  }

  /** The name above a chart. */
  public String words() {
    return words;
  }

  private static double seconds(long nanos) {
    return Math.max(1, nanos) / 1e9;
  }

  private static OptionalDouble counter(BlockResult block, String name) {
    Double value = block.target() == null ? null : block.target().counters().get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
