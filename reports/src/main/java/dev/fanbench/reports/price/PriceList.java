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
import java.util.TreeMap;

/**
 * What things cost in one region, in dollars. Immutable.
 *
 * @param region as AWS names it
 * @param asOf the date the prices were read, ISO-8601
 * @param source where they were read
 * @param dollars by name; the shipped file has every name that is asked for
 */
public record PriceList(String region, String asOf, String source, Map<String, Double> dollars) {
  private static final String SHIPPED = "us-east-1.json";

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
      if (price == null || !(price >= 0)) {
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

  /** What a reader must know beside any amount. */
  public String origin() {
    return region + " list prices of " + asOf;
  }

  /**
   * What API Gateway takes for a WebSocket workload.
   *
   * @param messages frames in either direction of at most 32 KB each
   * @param connectionMinutes minutes of open connections, added up
   */
  public double apiGateway(double messages, double connectionMinutes) {
    return messages / 1e6 * of("apiGateway.millionMessages")
        + connectionMinutes / 1e6 * of("apiGateway.millionConnectionMinutes");
  }
}
