package dev.fanbench.emulator.store;

import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.Template;
import java.net.URI;
import java.util.Map;

/** The store of the functions. Implementations are thread-safe. */
public interface LocalStore extends AutoCloseable {
  /**
   * Starts what a template's functions use: a Redis if one is given the address of a Redis,
   * otherwise DynamoDB Local with the template's tables.
   *
   * @param latency how long calls of DynamoDB take at least; a Redis takes what it takes
   * @param quotas of the tables; a Redis has none
   * @throws StoreException if it does not start
   */
  static LocalStore start(Template template, Latency latency, QuotaCheck quotas) {
    return template.usesRedis()
        ? Redis.start()
        : LocalDynamoDb.start(template.tables(), latency, quotas);
  }

  /** The address for the functions. */
  URI endpoint();

  /** Its counters so far, by the names of the control URL. */
  Map<String, Long> counters();

  /** Ends what was started. Safe to call twice. */
  @Override
  void close();
}
