package dev.fanbench.reports.price;

import dev.fanbench.measurement.run.UnitFormat;
import java.util.Optional;

/**
 * The rate from which on a rented design is cheaper than one that is paid by use. A plan with what
 * it includes counts as rent.
 *
 * <p>It is {@code (rented − standing) ÷ each}, where {@code each} is the mean price of a delivery
 * at that very rate, so that the formula holds beyond the first price tier too.
 *
 * @param deliveriesPerSecond day and night
 * @param connections that are open all month
 * @param rentedDollars a month's rent at that rate
 * @param standingDollars what the design that is paid by use costs a month with no delivery
 * @param eachDollars what one delivery a second adds to it, for the whole month
 */
public record BreakEven(
    double deliveriesPerSecond,
    int connections,
    double rentedDollars,
    double standingDollars,
    double eachDollars) {

  private static final double MOST_PER_SECOND = 1e6;
  private static final int HALVINGS = 80;

  /** The rate where the bills meet; empty when one design is the cheaper at every rate. */
  public static Optional<BreakEven> between(Billing used, Billing rented, int connections) {
    if (!cheaper(used, rented, 0, connections)
        || cheaper(used, rented, MOST_PER_SECOND, connections)) {
      return Optional.empty();
    }
    double low = 0;
    double high = MOST_PER_SECOND;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (cheaper(used, rented, middle, connections)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double standing = used.monthly(0, connections).total();
    double each = (used.monthly(high, connections).total() - standing) / high;
    double rent = rented.monthly(high, connections).total();
    return Optional.of(new BreakEven(high, connections, rent, standing, each));
  }

  private static boolean cheaper(Billing used, Billing rented, double rate, int connections) {
    return used.monthly(rate, connections).total() < rented.monthly(rate, connections).total();
  }

  /** {@code 26.4/s}. */
  public String text() {
    return UnitFormat.rate(deliveriesPerSecond);
  }

  /** The calculation with its figures. */
  public String formula() {
    return "(%s rent − %s standing) ÷ %s for each delivery a second = %s"
        .formatted(
            Bill.dollars(rentedDollars),
            Bill.dollars(standingDollars),
            Bill.dollars(eachDollars),
            text());
  }
}
