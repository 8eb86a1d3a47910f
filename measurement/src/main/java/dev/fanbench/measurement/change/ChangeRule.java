package dev.fanbench.measurement.change;

/**
 * The rule by which a ratio is called a change.
 *
 * <p>A change is one whose interval excludes 1 and that is at least the smallest one. None is one
 * whose interval excludes a change of twice the smallest one.
 *
 * @param confidence of the intervals of pairs, from 0 to 1
 * @param smallestChange as a share: 0.05 for 5 %
 */
public record ChangeRule(double confidence, double smallestChange) {

  /** The smallest change that counts unless another one is given. */
  public static final double SMALLEST_CHANGE = 0.05;

  /** One look with 99 %, and changes from 5 %. */
  public static final ChangeRule USUAL = new ChangeRule(RatioInterval.CONFIDENCE, SMALLEST_CHANGE);

  /** The verdict of a ratio alone. */
  Verdict verdict(RatioInterval ratio) {
    if (ratio.low() > 1 && ratio.ratio() >= 1 + smallestChange) {
      return Verdict.SLOWER;
    }
    if (ratio.high() < 1 && ratio.ratio() <= 1 / (1 + smallestChange)) {
      return Verdict.FASTER;
    }
    return excludesAChange(ratio) ? Verdict.NO_CHANGE : Verdict.UNDECIDED;
  }

  private boolean excludesAChange(RatioInterval ratio) {
    double most = 1 + 2 * smallestChange;
    return ratio.low() >= 1 / most && ratio.high() <= most;
  }
}
