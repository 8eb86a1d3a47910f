package dev.fanbench.reports.price;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The cost of a month. Immutable.
 *
 * @param items dollars by what they are paid for, in the order they are listed
 */
public record Bill(Map<String, Double> items) {

  public Bill {
    items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
  }

  /** All items together, in dollars. */
  public double total() {
    return items.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** {@code $1,204}, {@code $81.03}, {@code $0.111}: dollars as they are written everywhere. */
  public static String dollars(double amount) {
    String format =
        amount >= 999.5
            ? "$%,.0f"
            : amount >= 0.995 || amount == 0 ? "$%.2f" : amount >= 0.0995 ? "$%.3f" : "$%.4f";
    return String.format(Locale.ROOT, format, amount);
  }
}
