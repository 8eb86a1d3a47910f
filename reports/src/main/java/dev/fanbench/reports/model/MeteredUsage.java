package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.reports.price.DataTransfer;
import dev.fanbench.reports.price.PaidByUse;
import dev.fanbench.reports.price.PaidByUse.Part;
import dev.fanbench.reports.price.PriceList;
import dev.fanbench.target.TargetCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a phase used from its target's counters, for each delivery. */
final class MeteredUsage {

  private static final double MILLION = 1e6;
  private static final double GB_MILLIS_PER_GB_SECOND = 1e3;

  /** The least that ElastiCache serverless bills for a Valkey. */
  private static final double LEAST_GIGABYTES = 0.1;

  /** Calls of Redis that are not the functions'. */
  private static final Set<String> NO_CALLS =
      Set.of(TargetCounter.REDIS_CALLS.key("info"), TargetCounter.REDIS_CALLS.key("quit"));

  private final Map<String, Double> counters;
  private final double deliveries;
  private final PriceList prices;

  private MeteredUsage(PhaseResult result, PriceList prices) {
    this.counters = result.target().counters();
    this.deliveries = result.deliveryCount().delivered();
    this.prices = prices;
  }

  /** Billing of the phase; empty when its target metered nothing or delivered nothing. */
  static Optional<PaidByUse> read(PhaseResult result, DataTransfer transfer, PriceList prices) {
    if (result.deliveryCount().delivered() == 0
        || result.target() == null
        || !result.target().counters().containsKey(TargetCounter.METERED_MESSAGES.key())) {
      return Optional.empty();
    }
    MeteredUsage meter = new MeteredUsage(result, prices);
    return Optional.of(
        new PaidByUse(prices, meter.each(TargetCounter.METERED_MESSAGES), transfer, meter.parts()));
  }

  /**
   * The Valkey between the nodes of a chat, by the publications that they sent over it and the
   * copies that it made. Empty where these were not counted, or have no price.
   */
  static Optional<Part> relay(PhaseResult result, PriceList prices) {
    if (result.target() == null
        || !result.target().counters().containsKey(TargetCounter.RELAY_PUBLISHED.key())
        || !hasValkey(prices)) {
      return Optional.empty();
    }
    MeteredUsage meter = new MeteredUsage(result, prices);
    double messages =
        meter.each(TargetCounter.RELAY_PUBLISHED) + meter.each(TargetCounter.RELAY_PASSED_ON);
    return Optional.of(meter.valkey(LEAST_GIGABYTES, messages));
  }

  private static boolean hasValkey(PriceList prices) {
    return prices.has("valkey.gbHour") && prices.has("valkey.millionEcpu");
  }

  /** True when a counter counts calls of the functions to their store. */
  static boolean isStoreCall(String counter) {
    return TargetCounter.DYNAMODB_CALLS.matches(counter)
        || (TargetCounter.REDIS_CALLS.matches(counter) && !NO_CALLS.contains(counter));
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(
        million("Lambda requests", TargetCounter.METERED_INVOCATIONS, "lambda.millionRequests"));
    parts.add(
        Part.used(
            "Lambda GB-seconds",
            each(TargetCounter.METERED_FUNCTIONS) / GB_MILLIS_PER_GB_SECOND,
            prices.of("lambda.gbSecondArm")));
    if (has(TargetCounter.METERED_READS) && has(TargetCounter.METERED_WRITES)) {
      parts.add(
          million("DynamoDB reads", TargetCounter.METERED_READS, "dynamoDb.millionReadUnits"));
      parts.add(
          million("DynamoDB writes", TargetCounter.METERED_WRITES, "dynamoDb.millionWriteUnits"));
    } else if (has(TargetCounter.REDIS_USED) && hasValkey(prices)) {
      parts.add(store());
    }
    return parts;
  }

  private Part store() {
    double calls =
        counters.entrySet().stream()
            .filter(counter -> isStoreCall(counter.getKey()))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    double gigabytes =
        Math.max(LEAST_GIGABYTES, counters.getOrDefault(TargetCounter.REDIS_USED.key(), 0.0) / 1e9);
    return valkey(gigabytes, calls / deliveries);
  }

  /** One ECPU for each call, which is too few where an answer is longer than 1 KB. */
  private Part valkey(double gigabytes, double callsPerDelivery) {
    return new Part(
        "Valkey",
        gigabytes * PaidByUse.HOURS_PER_MONTH * prices.of("valkey.gbHour"),
        callsPerDelivery * prices.of("valkey.millionEcpu") / MILLION);
  }

  private boolean has(TargetCounter counter) {
    return counters.containsKey(counter.key());
  }

  private Part million(String item, TargetCounter counter, String price) {
    return Part.used(item, each(counter), prices.of(price) / MILLION);
  }

  private double each(TargetCounter counter) {
    return counters.getOrDefault(counter.key(), 0.0) / deliveries;
  }
}
