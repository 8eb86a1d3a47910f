package dev.fanbench.gatling.options;

import java.util.Locale;

/** The rate and the duration that were given for all phases, or a section's own where none was. */
final class GivenLoad {
  private static final int MAX_PHASE_ARRIVALS = 10_000_000;

  private final OptionValueSet values;

  /**
   * @param values merged keys
   */
  GivenLoad(OptionValueSet values) {
    this.values = values;
  }

  /** The rate that was given for all phases, or the section's own. */
  double rate(OptionValueSet own) {
    return values.find(OptionCatalog.RATE).orElseGet(() -> own.get(OptionCatalog.RATE));
  }

  /** Arrivals in the duration that was given for all phases; without one, {@code otherwise}. */
  int count(double rate, int otherwise) {
    if (!values.has(OptionCatalog.DURATION)) {
      return otherwise;
    }
    double arrivals = rate * values.get(OptionCatalog.DURATION);
    if (arrivals < 1 || arrivals > MAX_PHASE_ARRIVALS) {
      throw new BadOption(
          String.format(
              Locale.ROOT,
              "duration at rate %s makes %.0f arrivals; a phase has 1 to %d.",
              rate,
              arrivals,
              MAX_PHASE_ARRIVALS));
    }
    return (int) Math.round(arrivals);
  }
}
