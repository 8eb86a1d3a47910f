package dev.fanbench.measurement.change;

import java.util.SplittableRandom;

/** One metric over the runs of one side, and other runs that might as well have been recorded. */
interface SampledMetric {

  /** Runs behind it. */
  int runs();

  /** The metric over all runs together, in nanoseconds; infinite for what was not delivered. */
  double value();

  /** The metric over runs drawn with replacement, and in each of them samples likewise. */
  double draw(SplittableRandom random);
}
