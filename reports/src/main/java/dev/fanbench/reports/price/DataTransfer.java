package dev.fanbench.reports.price;

/**
 * The bytes that leave AWS for clients on the internet, by the month. AWS gives the first 100 GB of
 * an account, and has a lower price above 10 TB.
 *
 * @param prices the list that has the price of a gigabyte
 * @param bytesPerDelivery on the wire, with the headers of TCP and IP
 * @param measured false where the bytes follow from the length of the text
 */
public record DataTransfer(PriceList prices, double bytesPerDelivery, boolean measured) {

  /** IPv4, TCP and its timestamps. Each delivery is a packet of its own. TLS would add 22. */
  public static final int PACKET_BYTES = 52;

  /** A WebSocket header, and the names of room and sender before the text. */
  private static final int FRAMING_BYTES = 18;

  /**
   * Of bytes that the load received.
   *
   * @param receivedBytes for each delivery, without headers of TCP and IP
   */
  public static DataTransfer measured(PriceList prices, double receivedBytes) {
    return new DataTransfer(prices, receivedBytes + PACKET_BYTES, true);
  }

  /**
   * Of a text's length, where the bytes received are not known.
   *
   * @param payloadBytes of the text
   */
  public static DataTransfer assumed(PriceList prices, int payloadBytes) {
    return new DataTransfer(prices, payloadBytes + FRAMING_BYTES + PACKET_BYTES, false);
  }

  /** Dollars for a month of deliveries. */
  public double monthly(double deliveriesPerSecond) {
    return prices.transferOut(deliveriesPerSecond * Billing.SECONDS_PER_MONTH * bytesPerDelivery);
  }

  /** The same deliveries with more text. */
  public DataTransfer longerBy(int bytes) {
    return new DataTransfer(prices, bytesPerDelivery + bytes, false);
  }
}
