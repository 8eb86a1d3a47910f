package dev.fanbench.measurement.search;

import java.util.Optional;
import java.util.Random;

/** A target that sustains so much and not more, seen by a load that is not always right. */
final class CappedTarget {

  private final double cap;
  private final double wrong;
  private final double invalid;
  private final double loadCap;
  private final Random random;

  private CappedTarget(double cap, double wrong, double invalid, double loadCap, long seed) {
    this.cap = cap;
    this.wrong = wrong;
    this.invalid = invalid;
    this.loadCap = loadCap;
    this.random = new Random(seed);
  }

  static CappedTarget at(double cap) {
    return new CappedTarget(cap, 0, 0, Double.MAX_VALUE, 0);
  }

  /**
   * @param wrong share of runs under the cap that miss by chance
   * @param invalid share of runs that cannot be trusted
   */
  static CappedTarget noisy(double cap, double wrong, double invalid, long seed) {
    return new CappedTarget(cap, wrong, invalid, Double.MAX_VALUE, seed);
  }

  /** Every run above this is invalid. */
  static CappedTarget beyondTheLoad(double loadCap) {
    return new CappedTarget(Double.MAX_VALUE, 0, 0, loadCap, 0);
  }

  /** A judgement of a run that was too short to tell. */
  static Judgement undecided() {
    return new Judgement(
        SearchOutcome.UNDECIDED, "p90.lastDelivery<250ms: 240 to 260 ms", Optional.of(1.0));
  }

  Judgement offered(double load) {
    if (load > loadCap || random.nextDouble() < invalid) {
      return new Judgement(SearchOutcome.INVALID, "hiccups", Optional.empty());
    }
    boolean missed = load > cap || random.nextDouble() < wrong;
    return missed
        ? new Judgement(SearchOutcome.MISSED, "p90.lastDelivery<250ms: 300 ms", Optional.of(1.0))
        : new Judgement(
            SearchOutcome.SUSTAINED, "p90.lastDelivery<250ms: 20 ms", Optional.of(0.97));
  }

  /** Lets a search run to its end. */
  Search answer(Search search) {
    while (search.next().isPresent()) {
      search.told(offered(search.next().getAsDouble()));
    }
    return search;
  }
}
