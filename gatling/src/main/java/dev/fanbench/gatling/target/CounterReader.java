package dev.fanbench.gatling.target;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Reads a launched target's own counters from its control URL. Thread-safe. */
final class CounterReader {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI counters;

  CounterReader(URI control) {
    this.counters = control.resolve("/counters");
  }

  /** All counters, by name; empty when the target does not answer. */
  Map<String, Double> read() {
    try {
      HttpURLConnection connection = (HttpURLConnection) counters.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream body = connection.getInputStream()) {
        return new TreeMap<>(JSON.readValue(body, new TypeReference<Map<String, Double>>() {}));
      }
    } catch (IOException e) {
      return Map.of();
    }
  }
}
