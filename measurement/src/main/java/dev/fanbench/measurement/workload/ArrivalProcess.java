package dev.fanbench.measurement.workload;

/** The distribution of intended times. All are open: no arrival waits for an outcome. */
public enum ArrivalProcess {
  /** Evenly spaced. */
  CONSTANT,
  /** Exponential gaps from the run's seed. */
  POISSON,
  /** Some at one time, evenly spaced; {@link Phase#burst} says how many. */
  BURST
}
