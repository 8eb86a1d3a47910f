package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.PhaseResult;
import java.util.List;
import java.util.SplittableRandom;

/**
 * On-CPU time for each delivery. A phase has one reading of it, so only runs are drawn; the mean is
 * of runs that offered the same and delivered nearly the same.
 *
 * @param nanosPerDelivery of each run
 */
record SampledCpu(List<Double> nanosPerDelivery) implements SampledMetric {

  static SampledCpu of(List<PhaseResult> results) {
    return new SampledCpu(results.stream().map(PhaseResult::cpuNanosPerDelivery).toList());
  }

  @Override
  public int runs() {
    return nanosPerDelivery.size();
  }

  @Override
  public double value() {
    return nanosPerDelivery.stream().mapToDouble(d -> d).average().orElse(Double.NaN);
  }

  @Override
  public double draw(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < runs(); i++) {
      sum += nanosPerDelivery.get(random.nextInt(runs()));
    }
    return sum / runs();
  }
}
