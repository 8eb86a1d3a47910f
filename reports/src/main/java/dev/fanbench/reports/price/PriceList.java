package dev.fanbench.reports.price;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prices of one region, in dollars. Immutable.
 *
 * @param region as AWS names it
 * @param asOf the date the prices were read, ISO-8601
 * @param source where they were read
 * @param dollars by name; the shipped file has every name that is asked for, a user's may lack
 *     those that later versions added: what needs them is then not priced
 */
public record PriceList(String region, String asOf, String source, Map<String, Double> dollars) {
  private static final String SHIPPED = "us-east-1.json";

  /** Messages of a month after which AWS's second price applies. */
  private static final double BILLION = 1e9;

  /** Gigabytes of a month that leave AWS for nothing. */
  private static final double FREE_GIGABYTES = 100;

  /** Gigabytes of a month after which AWS's second price of data transfer applies. */
  private static final double TEN_TERABYTES = 10_000;

  private static final String TRANSFER_OVER_TEN_TERABYTES = "transfer.outGbOver10Tb";

  /** Names that the first shipped list did not have: a user's list may lack them. */
  private static final Set<String> ADDED =
      Set.of(
          TRANSFER_OVER_TEN_TERABYTES,
          "alb.hour",
          "alb.unitHour",
          "fargate.vcpuHourArm",
          "fargate.gbHourArm",
          "valkey.millionEcpu",
          "valkey.gbHour",
          "cloudflare.planMonth",
          "cloudflare.millionRequests",
          "cloudflare.millionGbSeconds",
          "cloudflare.millionWorkerRequests");

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public PriceList {
    dollars = dollars == null ? Map.of() : Map.copyOf(dollars);
  }

  /** The list that fanbench ships. */
  public static PriceList shipped() {
    try (InputStream in = PriceList.class.getResourceAsStream(SHIPPED)) {
      return JSON.readValue(in, PriceList.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A user's own list, of the shipped one's form.
   *
   * @throws IllegalArgumentException with a sentence when it is not one or lacks a price
   */
  public static PriceList read(Path file) throws IOException {
    PriceList list;
    try {
      list = JSON.readValue(Files.readString(file), PriceList.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file + " is no price list: " + e.getOriginalMessage() + ".", e);
    }
    for (String name : new TreeMap<>(shipped().dollars()).keySet()) {
      Double price = list.dollars().get(name);
      boolean later = price == null && ADDED.contains(name);
      if (!later && (price == null || !(price >= 0))) {
        throw new IllegalArgumentException(
            file + ": dollars." + name + "=" + price + " is not allowed; a price is 0 or more.");
      }
    }
    return list;
  }

  /**
   * A price in dollars.
   *
   * @param name one of the shipped list's
   */
  public double of(String name) {
    Double price = dollars.get(name);
    if (price == null) {
      throw new IllegalArgumentException("no price is named " + name);
    }
    return price;
  }

  /**
   * True when the list has this price; a user's own may be older than the newest of the shipped.
   */
  public boolean has(String name) {
    return dollars.containsKey(name);
  }

  /** Region and date to show beside any amount. */
  public String origin() {
    return region + " list prices of " + asOf;
  }

  /** WebSocket messages of a month, in either direction, of at most 32 KB each. */
  public double messages(double count) {
    return Math.min(count, BILLION) / 1e6 * of("apiGateway.millionMessages")
        + Math.max(0, count - BILLION) / 1e6 * of("apiGateway.millionMessagesOverABillion");
  }

  /** Minutes of open WebSocket connections, added up. */
  public double connectionMinutes(double minutes) {
    return minutes / 1e6 * of("apiGateway.millionConnectionMinutes");
  }

  /** Bytes of a month that leave for the internet; a list without the second price has one. */
  public double transferOut(double bytes) {
    double gigabytes = bytes / 1e9;
    double first = of("transfer.outGb");
    double beyond = has(TRANSFER_OVER_TEN_TERABYTES) ? of(TRANSFER_OVER_TEN_TERABYTES) : first;
    return Math.max(0, Math.min(gigabytes, TEN_TERABYTES) - FREE_GIGABYTES) * first
        + Math.max(0, gigabytes - TEN_TERABYTES) * beyond;
  }
}
