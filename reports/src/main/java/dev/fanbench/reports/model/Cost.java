package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Units;
import dev.fanbench.reports.price.PriceList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a million deliveries of the headline phase would cost on AWS, computed from list prices.
 *
 * @param entry the run
 * @param dollarsPerMillion the estimate
 * @param dollarsPerHour what it costs with no traffic at all; 0 for a serverless target
 * @param formula how it was computed, with its figures
 */
public record Cost(Entry entry, double dollarsPerMillion, double dollarsPerHour, String formula) {

  private static final double MILLION = 1e6;
  private static final int SECONDS_PER_HOUR = 3_600;
  private static final int HOURS_PER_MONTH = 730;

  /** Costs of the runs whose architecture has a price here and whose meters were read. */
  static List<Cost> of(PhaseComparison headline, PriceList prices) {
    return headline.results().stream()
        .filter(r -> r.entry().compared() && r.result().books().delivered() > 0)
        .flatMap(r -> of(r.entry(), r.result(), prices).stream())
        .toList();
  }

  /**
   * Deliveries a second, day and night, above which the machine is cheaper than paying for each.
   */
  public static Optional<String> breakEven(List<Cost> costs) {
    Optional<Cost> paidByUse = costs.stream().filter(c -> c.dollarsPerHour == 0).findFirst();
    Optional<Cost> machine = costs.stream().filter(c -> c.dollarsPerHour > 0).findFirst();
    if (paidByUse.isEmpty() || machine.isEmpty()) {
      return Optional.empty();
    }
    double perHour = machine.get().dollarsPerHour * MILLION / paidByUse.get().dollarsPerMillion;
    return Optional.of(
        "Break-even: "
            + Units.rate(perHour / SECONDS_PER_HOUR)
            + " (deliveries, day and night) = "
            + dollars(machine.get().dollarsPerHour)
            + " an hour for "
            + machine.get().entry.name()
            + " ÷ "
            + dollars(paidByUse.get().dollarsPerMillion)
            + " a million for "
            + paidByUse.get().entry.name()
            + ". Below it "
            + paidByUse.get().entry.name()
            + " is cheaper, above it "
            + machine.get().entry.name()
            + ".");
  }

  private static Optional<Cost> of(Entry entry, PhaseResult result, PriceList prices) {
    if (entry.inMemory()) {
      return Optional.of(machine(entry, result, prices));
    }
    boolean metered =
        result.target() != null && result.target().counters().containsKey("aws.messages");
    return metered ? Optional.of(metered(entry, result, prices)) : Optional.empty();
  }

  private static Cost machine(Entry entry, PhaseResult result, PriceList prices) {
    double perHour =
        prices.of("ec2.c7gLargeHour")
            + prices.of("nlb.hour")
            + prices.of("nlb.unitHour")
            + 2 * prices.of("ipv4.hour");
    double perSecond = result.books().delivered() / result.phase().seconds();
    String formula =
        "one c7g.large + load balancer with one capacity unit + two IPv4 addresses = "
            + dollars(perHour)
            + " an hour ("
            + dollars(perHour * HOURS_PER_MONTH)
            + " a month), busy day and night with the "
            + Units.rate(perSecond)
            + " of this phase, which it is assumed to carry";
    double perMillion = perHour / SECONDS_PER_HOUR / perSecond * MILLION;
    return new Cost(entry, perMillion, perHour, formula);
  }

  private static Cost metered(Entry entry, PhaseResult result, PriceList prices) {
    Map<String, Double> meter = result.target().counters();
    double gateway =
        prices.apiGateway(units(meter, "aws.messages"), units(meter, "aws.connectionMinutes"));
    double lambda =
        units(meter, "aws.invocations") / MILLION * prices.of("lambda.millionRequests")
            + units(meter, "aws.gbMillis") / 1e3 * prices.of("lambda.gbSecondArm");
    double store =
        units(meter, "aws.wru") / MILLION * prices.of("dynamoDb.millionWriteUnits")
            + units(meter, "aws.rru") / MILLION * prices.of("dynamoDb.millionReadUnits");
    boolean storeMetered = meter.containsKey("aws.wru") && meter.containsKey("aws.rru");
    double share = MILLION / result.books().delivered();
    String formula =
        "metered in this phase, for each million: API Gateway "
            + dollars(gateway * share)
            + " + Lambda "
            + dollars(lambda * share)
            + (storeMetered
                ? " + DynamoDB " + dollars(store * share)
                : "; the store was not metered and is left out");
    return new Cost(entry, (gateway + lambda + store) * share, 0, formula);
  }

  private static double units(Map<String, Double> meter, String name) {
    return Stream.ofNullable(meter.get(name)).mapToDouble(Double::doubleValue).sum();
  }

  /** The estimate, {@code $1.07}. */
  public String text() {
    return dollars(dollarsPerMillion);
  }

  private static String dollars(double amount) {
    String format =
        amount >= 0.995 || amount == 0 ? "$%,.2f" : amount >= 0.0995 ? "$%.3f" : "$%.4f";
    return String.format(Locale.ROOT, format, amount);
  }
}
