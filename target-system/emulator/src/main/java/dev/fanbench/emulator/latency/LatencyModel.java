package dev.fanbench.emulator.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The distribution of each hop's duration. Immutable.
 *
 * <pre>{@code
 * {"name": "mine", "hops": {"post": {"p50Millis": 8, "p99Millis": 30}}, "coldStartMillis": 700}
 * }</pre>
 *
 * @param name for reports
 * @param basis the origin of its values, in words: {@code assumed} unless its file has another text
 * @param hops the distributions by hop; a hop without one gets no extra time
 * @param coldStart the time to prepare a new environment before its handler is constructed
 */
public record LatencyModel(
    String name, String basis, Map<Hop, LogNormal> hops, Duration coldStart) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long LONGEST_COLD_START_MILLIS = 60_000;
  private static final String ASSUMED = "assumed";
  private static final JsonMapper JSON = new JsonMapper();

  public LatencyModel {
    hops = Map.copyOf(hops);
  }

  /** Adds nothing to what the software takes. */
  public static LatencyModel none() {
    return new LatencyModel("none", ASSUMED, Map.of(), Duration.ZERO);
  }

  /** The assumed latencies of AWS. */
  public static LatencyModel aws() {
    try (InputStream shipped = LatencyModel.class.getResourceAsStream("aws.json")) {
      return of(JSON.readTree(shipped), "aws.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The model that a user names.
   *
   * @param word {@code none}, {@code aws} or the path of a file
   * @throws IllegalArgumentException with a sentence that names the file, the value and what is
   *     allowed
   */
  public static LatencyModel named(String word) {
    return switch (word) {
      case "none" -> none();
      case "aws" -> aws();
      default -> read(Path.of(word));
    };
  }

  private static LatencyModel read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "--model=%s is not allowed; --model takes none, aws, or the path of a model file"
              .formatted(file));
    }
    try {
      return of(JSON.readTree(file.toFile()), file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " is no JSON: " + e.getMessage(), e);
    }
  }

  private static LatencyModel of(JsonNode json, String file) {
    Map<Hop, LogNormal> hops = new EnumMap<>(Hop.class);
    for (Map.Entry<String, JsonNode> field : json.path("hops").properties()) {
      hops.put(hop(field.getKey(), file), distribution(field, file));
    }
    long coldStartMillis = json.path("coldStartMillis").asLong(0);
    if (coldStartMillis < 0 || coldStartMillis > LONGEST_COLD_START_MILLIS) {
      throw new IllegalArgumentException(
          "%s: coldStartMillis=%d is not allowed; coldStartMillis takes 0 to %d"
              .formatted(file, coldStartMillis, LONGEST_COLD_START_MILLIS));
    }
    return new LatencyModel(
        json.path("name").asText(file),
        json.path("basis").asText(ASSUMED),
        hops,
        Duration.ofMillis(coldStartMillis));
  }

  private static Hop hop(String name, String file) {
    return Arrays.stream(Hop.values())
        .filter(hop -> hop.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: hops.%s is not known; known are %s"
                        .formatted(file, name, Arrays.toString(Hop.values()))));
  }

  private static LogNormal distribution(Map.Entry<String, JsonNode> field, String file) {
    double p50 = field.getValue().path("p50Millis").asDouble(Double.NaN);
    double p99 = field.getValue().path("p99Millis").asDouble(p50);
    if (!(p50 > 0 && p99 >= p50)) {
      throw new IllegalArgumentException(
          ("%s: hops.%s=%s is not allowed; hops.%2$s takes {\"p50Millis\": over 0, \"p99Millis\":"
                  + " not under it}")
              .formatted(file, field.getKey(), field.getValue()));
    }
    return new LogNormal(p50 * NANOS_PER_MILLI, p99 * NANOS_PER_MILLI);
  }

  /** The same with another cold start. */
  public LatencyModel withColdStart(Duration newColdStart) {
    return new LatencyModel(name, basis, hops, newColdStart);
  }

  /**
   * The same with slower or quicker posts: this is their median, and their p99 moves with it.
   *
   * @throws IllegalArgumentException if it leaves posts alone
   */
  public LatencyModel withPost(Duration p50) {
    LogNormal post = hops.get(Hop.POST);
    double nanos = p50.toNanos();
    if (post == null || nanos <= 0) {
      throw new IllegalArgumentException(
          ("--post=%s is not allowed; --post takes a time over 0, with a model that has posts such"
                  + " as aws")
              .formatted(millis(nanos)));
    }
    Map<Hop, LogNormal> changed = new EnumMap<>(hops);
    changed.put(Hop.POST, new LogNormal(nanos, nanos * (post.p99Nanos() / post.p50Nanos())));
    return new LatencyModel(name, basis, changed, coldStart);
  }

  /** In words, with every value; {@code none} for a model that adds nothing. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (Hop hop : Hop.values()) {
      LogNormal each = hops.get(hop);
      if (each != null) {
        parts.add(
            each.p50Nanos() == each.p99Nanos()
                ? hop + " " + millis(each.p50Nanos())
                : "%s p50 %s p99 %s"
                    .formatted(hop, millis(each.p50Nanos()), millis(each.p99Nanos())));
      }
    }
    if (!coldStart.isZero()) {
      parts.add("cold start " + coldStart.toMillis() + " ms");
    }
    return parts.isEmpty() ? "none" : name + ", " + basis + ": " + String.join(", ", parts);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, "%.4g ms", nanos / NANOS_PER_MILLI)
        .replaceFirst("\\.?0+ ms", " ms");
  }
}
