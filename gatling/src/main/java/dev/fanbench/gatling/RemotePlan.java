package dev.fanbench.gatling;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The sentences about a remote target before load is sent to it. */
final class RemotePlan {
  private static final double SECONDS_PER_MINUTE = 60;

  private RemotePlan() {}

  /**
   * Planned connections, frames and deliveries, and their price on API Gateway.
   *
   * @throws BadOption when more deliveries are planned than {@code maxDeliveries} allows
   */
  static String describe(TargetChoice.Remote remote, PlannedLoad plan, Options options) {
    if (plan.deliveries() > options.get(OptionCatalog.MAX_DELIVERIES)) {
      throw new BadOption(
          String.format(
              Locale.ROOT,
              "%s is asked for %,d deliveries and %s allows %,d; raise it or measure less.",
              remote.label(),
              plan.deliveries(),
              OptionCatalog.MAX_DELIVERIES.key(),
              options.get(OptionCatalog.MAX_DELIVERIES)));
    }
    String plain =
        String.join(
            System.lineSeparator(),
            metering(remote, options),
            String.format(
                Locale.ROOT,
                "%s: plan: %,d connections, %,d frames sent, %,d deliveries in %.0f s of load, warm-up included.",
                remote.label(),
                plan.connections(),
                plan.sent(),
                plan.deliveries(),
                plan.seconds()));
    PriceList prices = prices(options);
    return remote.isOnThisMachine()
        ? plain
        : plain + System.lineSeparator() + price(remote, plan, prices);
  }

  private static String metering(TargetChoice.Remote remote, Options options) {
    return options
        .metered()
        .map(
            set ->
                "%s runs already: its CPU and memory are those of %s, and it has no counters."
                    .formatted(remote.label(), set.words()))
        .orElse(
            (remote.isOnThisMachine()
                    ? "%s runs already: without pid= its CPU and memory are not available."
                    : "%s is remote: no target process, so its CPU, memory and counters are not available.")
                .formatted(remote.label()));
  }

  /** No server on this machine is API Gateway, so this is of other machines only. */
  private static String price(TargetChoice.Remote remote, PlannedLoad plan, PriceList prices) {
    return String.format(
        Locale.ROOT,
        "%s: about $%.2f if it is API Gateway (%s; functions and tables not counted).",
        remote.label(),
        dollars(plan, prices),
        prices.origin());
  }

  /** Every connection is priced as if it were open all the time, so that the estimate is high. */
  private static double dollars(PlannedLoad plan, PriceList prices) {
    double minutes = plan.connections() * plan.seconds() / SECONDS_PER_MINUTE;
    return prices.messages((double) plan.sent() + plan.deliveries())
        + prices.connectionMinutes(minutes);
  }

  private static PriceList prices(Options options) {
    Optional<Path> file = options.priceFile();
    if (file.isEmpty()) {
      return PriceList.shipped();
    }
    try {
      return PriceList.read(file.get());
    } catch (IllegalArgumentException | IOException e) {
      throw new BadOption(OptionCatalog.PRICES.key() + ": " + e.getMessage());
    }
  }
}
