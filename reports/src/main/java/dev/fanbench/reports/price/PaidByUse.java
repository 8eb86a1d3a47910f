package dev.fanbench.reports.price;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paying for each message, each request, each minute of a connection: the serverless design.
 *
 * @param prices what the messages and connections cost
 * @param messages frames of at most 32 KB, in and out, for each delivery
 * @param transfer the bytes of deliveries
 * @param parts everything else
 */
public record PaidByUse(PriceList prices, double messages, DataTransfer transfer, List<Part> parts)
    implements Billing {

  /**
   * One line of the bill that grows evenly.
   *
   * @param item what it is called
   * @param standingDollars a month, with no delivery at all
   * @param dollarsPerDelivery on top of that
   */
  public record Part(String item, double standingDollars, double dollarsPerDelivery) {

    /** A part that costs nothing while nothing is delivered. */
    public static Part used(String item, double unitsPerDelivery, double dollarsPerUnit) {
      return new Part(item, 0, unitsPerDelivery * dollarsPerUnit);
    }

    /** Dollars of a month at this rate. */
    double monthly(double deliveriesPerSecond) {
      return standingDollars + dollarsPerDelivery * deliveriesPerSecond * SECONDS_PER_MONTH;
    }
  }

  public PaidByUse {
    parts = List.copyOf(parts);
  }

  @Override
  public Bill monthly(double deliveriesPerSecond, int connections) {
    double deliveries = deliveriesPerSecond * SECONDS_PER_MONTH;
    Map<String, Double> items = new LinkedHashMap<>();
    items.put("messages", prices.messages(messages * deliveries));
    items.put("connection-minutes", prices.connectionMinutes(connections * SECONDS_PER_MONTH / 60));
    for (Part part : parts) {
      items.put(part.item, part.monthly(deliveriesPerSecond));
    }
    items.put(TRANSFER, transfer.monthly(deliveriesPerSecond));
    return new Bill(items);
  }

  @Override
  public Optional<DataTransfer> dataTransfer() {
    return Optional.of(transfer);
  }
}
