package dev.fanbench.emulator.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * Secrets by name, in place of Secrets Manager's secrets and Systems Manager's parameters.
 * Immutable and thread-safe.
 */
public final class LocalSecretStore {
  private static final LocalSecretStore NONE = new LocalSecretStore(Map.of());

  private final Map<String, String> values;

  private LocalSecretStore(Map<String, String> values) {
    this.values = values;
  }

  /** No secret at all. */
  public static LocalSecretStore none() {
    return NONE;
  }

  /**
   * The secrets of a file in the format of {@link Properties}: {@code NAME=VALUE}, one a line.
   *
   * @throws IOException if it cannot be read
   */
  public static LocalSecretStore read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, String> values = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    return new LocalSecretStore(Map.copyOf(values));
  }

  /** These and one more, which replaces one of the same name. */
  public LocalSecretStore with(String name, String value) {
    Map<String, String> more = new HashMap<>(values);
    more.put(name, value);
    return new LocalSecretStore(Map.copyOf(more));
  }

  /** The secret of a name, empty if there is none. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Says nothing of the values. */
  @Override
  public String toString() {
    return "LocalSecretStore" + new TreeSet<>(values.keySet());
  }
}
