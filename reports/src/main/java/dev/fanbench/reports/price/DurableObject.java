package dev.fanbench.reports.price;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Paying for Durable Objects of Cloudflare: a plan, messages that come in, and the seconds in which
 * objects work. Messages that go out are free, and so are silent connections of an object that
 * hibernates.
 *
 * <p>Modelled: nothing here is metered by Cloudflare. The allowances of the paid plan and the ratio
 * of messages to requests are those of the price page, read on the date of the {@linkplain
 * PriceList#asOf list}.
 *
 * @param prices the list that has Cloudflare's prices
 * @param receivedPerDelivery messages that clients send, for each delivery
 * @param activeSecondsPerDelivery time that objects work, for each delivery
 */
public record DurableObject(
    PriceList prices, double receivedPerDelivery, double activeSecondsPerDelivery)
    implements Billing {

  /** So many WebSocket messages that come in are billed as one request. */
  static final double MESSAGES_OF_A_REQUEST = 20;

  /** Gigabytes that an object is billed for while it works, whatever it uses. */
  static final double GIGABYTES = 0.128;

  /** Requests to objects of a month that the plan includes. */
  static final double INCLUDED_REQUESTS = 1e6;

  /** GB-seconds of a month that the plan includes. */
  static final double INCLUDED_GB_SECONDS = 400_000;

  /** Requests to the worker before the objects that the plan includes. */
  static final double INCLUDED_WORKER_REQUESTS = 10e6;

  private static final double MILLION = 1e6;

  /** This billing; empty where a user's list is older than Cloudflare's prices. */
  public static Optional<DurableObject> priced(
      PriceList prices, double receivedPerDelivery, double activeSecondsPerDelivery) {
    boolean known =
        prices.has("cloudflare.planMonth")
            && prices.has("cloudflare.millionRequests")
            && prices.has("cloudflare.millionGbSeconds")
            && prices.has("cloudflare.millionWorkerRequests");
    return known && Double.isFinite(activeSecondsPerDelivery)
        ? Optional.of(new DurableObject(prices, receivedPerDelivery, activeSecondsPerDelivery))
        : Optional.empty();
  }

  /** Each connection is one request a month, to the worker and to the object. */
  @Override
  public Bill monthly(double deliveriesPerSecond, int connections) {
    double deliveries = deliveriesPerSecond * SECONDS_PER_MONTH;
    double requests = connections + receivedPerDelivery * deliveries / MESSAGES_OF_A_REQUEST;
    double gigabyteSeconds = activeSecondsPerDelivery * deliveries * GIGABYTES;
    Map<String, Double> items = new LinkedHashMap<>();
    items.put("Workers plan", prices.of("cloudflare.planMonth"));
    items.put(
        "requests to objects", over(requests, INCLUDED_REQUESTS, "cloudflare.millionRequests"));
    items.put(
        "requests to the worker",
        over(connections, INCLUDED_WORKER_REQUESTS, "cloudflare.millionWorkerRequests"));
    items.put(
        "GB-seconds", over(gigabyteSeconds, INCLUDED_GB_SECONDS, "cloudflare.millionGbSeconds"));
    return new Bill(items);
  }

  private double over(double used, double included, String price) {
    return Math.max(0, used - included) / MILLION * prices.of(price);
  }
}
