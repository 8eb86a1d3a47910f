package dev.fanbench.junit;

import dev.fanbench.emulator.store.LocalStore;
import java.net.URI;
import java.util.Map;

/** The store of a template without tables, where starting a database would only cost time. */
final class AbsentStore implements LocalStore {
  /** Port 0, where nothing can listen. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:0");

  @Override
  public URI endpoint() {
    return NOWHERE;
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of();
  }

  @Override
  public void close() {}
}
