package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.UnitFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Places values along one edge of a chart. */
sealed interface Axis {

  /** Position of a value, in the chart's units. */
  double at(double value);

  /** As {@link #at(double)}; nanoseconds of any phase are whole in a double. */
  default double at(long value) {
    return at((double) value);
  }

  /** The value at a position: the opposite of {@link #at(double)}. */
  double valueAt(double position);

  /** The axis' unit as the page's script knows it. */
  String word();

  /** Lines to draw across the chart, with their labels. */
  List<Tick> ticks();

  /** A labelled place. */
  record Tick(double at, String label) {}

  /** From zero to a round value that covers {@code max}. */
  static Axis fromZero(double max, AxisUnit unit, double from, double to) {
    return new Linear(LinearScale.covering(max), unit, from, to);
  }

  /** From a round value below {@code min} to one above {@code max}, logarithmically. */
  static Axis logarithmic(double min, double max, AxisUnit unit, double from, double to) {
    return new Logarithmic(LogScale.covering(min, max), unit, from, to);
  }

  /** From one value to another, whether they are round or not, logarithmically. */
  static Axis between(double low, double high, AxisUnit unit, double from, double to) {
    return new Between(low, high, unit, from, to);
  }

  /** Sizes on a logarithmic axis that ends at the smallest and largest of them. */
  static Axis sizes(SortedSet<Integer> sizes, double from, double to) {
    return new Sizes(List.copyOf(sizes), from, to);
  }

  /** Percentiles by their nines: as much room from 90 % to 99 % as from 99 % to 99.9 %. */
  static Axis nines(double max, double from, double to) {
    return new Nines(Math.max(1, max), from, to);
  }

  /** From zero, evenly. */
  record Linear(LinearScale steps, AxisUnit unit, double from, double to) implements Axis {
    @Override
    public double at(double value) {
      return from + (to - from) * value / steps.top();
    }

    @Override
    public double valueAt(double position) {
      return steps.top() * (position - from) / (to - from);
    }

    @Override
    public String word() {
      return unit.word();
    }

    @Override
    public List<Tick> ticks() {
      return steps.values().stream().map(v -> new Tick(at(v), unit.label(v, steps.top()))).toList();
    }
  }

  /** Steps of 1, 2 and 5 in each decade, of which the decades are labelled. */
  record Logarithmic(LogScale steps, AxisUnit unit, double from, double to) implements Axis {
    @Override
    public double at(double value) {
      return from + (to - from) * steps.share(value);
    }

    @Override
    public double valueAt(double position) {
      return steps.valueAt((position - from) / (to - from));
    }

    @Override
    public String word() {
      return unit.word() + "-log";
    }

    @Override
    public List<Tick> ticks() {
      return steps.values().stream()
          .map(v -> new Tick(at(v), steps.labelled(v) ? unit.label(v, v) : ""))
          .toList();
    }
  }

  /** Given ends, logarithmically, with the round values between them. */
  record Between(double low, double high, AxisUnit unit, double from, double to) implements Axis {

    private static final double SLACK = 1e-6;

    @Override
    public double at(double value) {
      return from + (to - from) * Math.log(value / low) / Math.log(high / low);
    }

    @Override
    public double valueAt(double position) {
      return low * Math.pow(high / low, (position - from) / (to - from));
    }

    @Override
    public String word() {
      return unit.word() + "-log";
    }

    @Override
    public List<Tick> ticks() {
      List<Double> round =
          LogScale.covering(low, high).values().stream()
              .filter(v -> v >= low * (1 - SLACK) && v <= high * (1 + SLACK))
              .toList();
      boolean few = high < 10 * low;
      return round.stream()
          .filter(v -> few || LogScale.isPowerOfTen(v))
          .map(v -> new Tick(at(v), unit.label(v, v)))
          .toList();
    }
  }

  /** Given sizes, logarithmically. */
  record Sizes(List<Integer> sizes, double from, double to) implements Axis {
    @Override
    public double at(double value) {
      double low = Math.log10(sizes.get(0));
      double high = Math.log10(sizes.get(sizes.size() - 1));
      return low == high
          ? (from + to) / 2
          : from + (to - from) * (Math.log10(value) - low) / (high - low);
    }

    @Override
    public double valueAt(double position) {
      double low = Math.log10(sizes.get(0));
      double high = Math.log10(sizes.get(sizes.size() - 1));
      return Math.pow(10, low + (high - low) * (position - from) / (to - from));
    }

    @Override
    public String word() {
      return "count-log";
    }

    @Override
    public List<Tick> ticks() {
      return sizes.stream().map(n -> new Tick(at(n), UnitFormat.count(n))).toList();
    }
  }

  /** Percentiles. */
  record Nines(double max, double from, double to) implements Axis {
    @Override
    public double at(double nines) {
      return from + (to - from) * nines / max;
    }

    @Override
    public double valueAt(double position) {
      return max * (position - from) / (to - from);
    }

    @Override
    public String word() {
      return "nines-log";
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      ticks.add(new Tick(at(0), "0 %"));
      ticks.add(new Tick(at(Math.log10(2)), "50 %"));
      for (int nines = 1; nines <= max + 1e-9; nines++) {
        ticks.add(new Tick(at(nines), label(nines)));
      }
      return ticks;
    }

    private static String label(int nines) {
      return nines == 1 ? "90 %" : nines == 2 ? "99 %" : "99." + "9".repeat(nines - 2) + " %";
    }
  }
}
