package dev.fanbench.reports.price;

import java.util.Optional;

/** The way a design is paid for: the cost of a month at any rate of deliveries. Immutable. */
public sealed interface Billing permits PaidByUse, Rented, DurableObject {

  /** The item for bytes that leave for the internet. */
  String TRANSFER = "data transfer";

  /** AWS bills 730 hours as a month. */
  double HOURS_PER_MONTH = 730;

  /** The same in seconds. */
  double SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600;

  /**
   * The bill of a month that is the same day and night.
   *
   * @param deliveriesPerSecond 0 or more
   * @param connections that are open all the time
   */
  Bill monthly(double deliveriesPerSecond, int connections);

  /** Dollars for a million deliveries in such a month; the rate is over 0. */
  default double perMillion(double deliveriesPerSecond, int connections) {
    double deliveries = deliveriesPerSecond * SECONDS_PER_MONTH;
    return monthly(deliveriesPerSecond, connections).total() / deliveries * 1e6;
  }

  /** The bytes that are paid for; empty where data transfer is free. */
  default Optional<DataTransfer> dataTransfer() {
    return Optional.empty();
  }
}
