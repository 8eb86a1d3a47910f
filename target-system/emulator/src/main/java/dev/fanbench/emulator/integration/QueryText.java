package dev.fanbench.emulator.integration;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;

/** Query parameters on their way into an address. For one request, on one thread. */
final class QueryText {
  private final StringJoiner parameters = new StringJoiner("&");

  /** Adds every value of the parameters whose name is wanted. */
  void addAll(Map<String, List<String>> query, Predicate<String> wanted) {
    query.forEach(
        (name, values) -> {
          if (wanted.test(name)) {
            values.forEach(value -> add(name, value));
          }
        });
  }

  /** Adds parameters of one value each. */
  void addAll(Map<String, String> query) {
    query.forEach(this::add);
  }

  private void add(String name, String value) {
    parameters.add(encode(name) + "=" + encode(value));
  }

  /** The address with these parameters behind its own. */
  URI appendedTo(URI base) {
    return parameters.length() == 0
        ? base
        : URI.create(base + (base.getRawQuery() == null ? "?" : "&") + parameters);
  }

  private static String encode(String text) {
    // A blank as %20: outside of forms a plus is a plus.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
