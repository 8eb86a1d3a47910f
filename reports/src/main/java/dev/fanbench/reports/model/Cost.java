package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.price.Bill;
import dev.fanbench.reports.price.Billing;
import dev.fanbench.reports.price.DataTransfer;
import dev.fanbench.reports.price.DurableObject;
import dev.fanbench.reports.price.PaidByUse;
import dev.fanbench.reports.price.PriceList;
import dev.fanbench.reports.price.Rented;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The cost of one run's design, computed from list prices and from what its headline phase used.
 *
 * @param entry the run
 * @param billing its bill at any rate
 * @param deliveriesPerSecond of the phase
 * @param connections that the phase kept open
 */
public record Cost(
    ReportedRun entry, Billing billing, double deliveriesPerSecond, int connections) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Costs of the runs whose design has a price here and whose meters were read. */
  static List<Cost> of(PhaseComparison headline, PriceList prices) {
    return headline.results().stream()
        .filter(r -> r.entry().compared() && r.result().deliveryCount().delivered() > 0)
        .flatMap(r -> of(r.entry(), r.result(), prices).stream())
        .toList();
  }

  private static Optional<Cost> of(ReportedRun entry, PhaseResult result, PriceList prices) {
    double perSecond = result.deliveryCount().delivered() / result.phase().seconds();
    return billing(entry, result, prices)
        .map(b -> new Cost(entry, b, perSecond, result.phase().subscribers()));
  }

  /** The billing of a run's design, by what one of its phases used; empty without a price. */
  static Optional<Billing> billing(ReportedRun entry, PhaseResult result, PriceList prices) {
    if (result.deliveryCount().delivered() == 0) {
      return Optional.empty();
    }
    DataTransfer transfer = transfer(entry, result, prices);
    return switch (entry.design()) {
      case IN_MEMORY -> Optional.of(rented(entry, result, transfer, prices));
      case DURABLE_OBJECT -> durableObject(result, prices).map(Billing.class::cast);
      case SERVERLESS, FLOOR, SERVER, REMOTE ->
          MeteredUsage.read(result, transfer, prices).map(Billing.class::cast);
    };
  }

  /** A machine for each node, and the Valkey between them. */
  private static Rented rented(
      ReportedRun entry, PhaseResult result, DataTransfer transfer, PriceList prices) {
    Rented machine = Rented.machine(prices, transfer);
    int nodes = nodes(entry);
    return nodes == 1 ? machine : machine.times(nodes, MeteredUsage.relay(result, prices));
  }

  private static int nodes(ReportedRun entry) {
    String nodes = entry.run().target().settings().getOrDefault("nodes", "1");
    return nodes.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(nodes) : 1;
  }

  /** Whether the design is several nodes that are one chat. */
  boolean severalNodes() {
    return nodes(entry) > 1;
  }

  /** The bytes of a delivery, from the bytes that the load received where they were counted. */
  static DataTransfer transfer(ReportedRun entry, PhaseResult result, PriceList prices) {
    OptionalDouble received = result.receivedBytesPerDelivery();
    return received.isPresent()
        ? DataTransfer.measured(prices, received.getAsDouble())
        : DataTransfer.assumed(prices, entry.run().workload().payloadBytes(result.phase()));
  }

  /**
   * An object works as long as its handler runs, which is less than the CPU time of the whole
   * process.
   */
  private static Optional<DurableObject> durableObject(PhaseResult result, PriceList prices) {
    double received = (double) result.deliveryCount().sent() / result.deliveryCount().delivered();
    return DurableObject.priced(prices, received, result.cpuNanosPerDelivery() / NANOS_PER_SECOND);
  }

  /** The bill of a month that is like the phase, day and night. */
  public Bill monthly() {
    return billing.monthly(deliveriesPerSecond, connections);
  }

  /** A million deliveries of such a month, in dollars. */
  public double dollarsPerMillion() {
    return billing.perMillion(deliveriesPerSecond, connections);
  }

  /** The same as text, {@code $1.07}. */
  public String text() {
    return Bill.dollars(dollarsPerMillion());
  }

  /** Items of a month like the phase, each with its dollars. */
  public String formula() {
    String items =
        monthly().items().entrySet().stream()
            .map(item -> item.getKey() + " " + Bill.dollars(item.getValue()))
            .collect(Collectors.joining(" + "));
    return "%s with %s connections, day and night: %s = %s a month%s"
        .formatted(
            UnitFormat.rate(deliveriesPerSecond),
            UnitFormat.count(connections),
            items,
            Bill.dollars(monthly().total()),
            remark());
  }

  private String remark() {
    if (billing instanceof DurableObject) {
      return "; modelled: messages and CPU time of this run, at Cloudflare's public prices";
    }
    if (billing instanceof Rented rented && severalNodes() && rented.relay().isEmpty()) {
      return "; the Redis between the nodes is not in it";
    }
    return storeIsPriced() ? "" : "; the store was not metered, or has no price, and is left out";
  }

  private boolean storeIsPriced() {
    return !(billing instanceof PaidByUse used)
        || used.parts().stream()
            .anyMatch(p -> p.item().startsWith("DynamoDB") || p.item().equals("Valkey"));
  }
}
