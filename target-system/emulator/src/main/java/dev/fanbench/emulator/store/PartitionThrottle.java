package dev.fanbench.emulator.store;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.TokenBucket;
import dev.fanbench.emulator.template.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Limits the reads and writes of each partition of each table. Thread-safe.
 *
 * <p>As in DynamoDB, the hash of the partition key selects the partition of an item. A call is
 * refused when a partition that it touches has no capacity left. The consumed capacity is known and
 * taken afterwards.
 *
 * <p>Simpler than in DynamoDB, partitions are never split and unused capacity is kept for one
 * second. The capacity that a call of several partitions consumed is divided evenly. A batch is
 * refused as a whole. A call without a partition key, such as a scan, touches all partitions.
 */
final class PartitionThrottle {
  private final Map<String, List<Partition>> byTable = new HashMap<>();
  private final Map<String, String> partitionKeys = new HashMap<>();
  private final QuotaCheck quotas;

  private record Partition(TokenBucket reads, TokenBucket writes) {}

  PartitionThrottle(List<TableDefinition> tables, QuotaCheck quotas) {
    this.quotas = quotas;
    for (TableDefinition table : tables) {
      List<Partition> partitions = new ArrayList<>();
      for (int i = 0; i < quotas.of(Quota.TABLE_PARTITIONS); i++) {
        partitions.add(
            new Partition(
                quotas.bucket(Quota.READ_UNITS_PER_SECOND, Quota.READ_UNITS_PER_SECOND),
                quotas.bucket(Quota.WRITE_UNITS_PER_SECOND, Quota.WRITE_UNITS_PER_SECOND)));
      }
      byTable.put(table.name(), partitions);
      partitionKeys.put(table.name(), table.partitionKey());
    }
  }

  /** The capacity that a call draws on. */
  Capacity of(String body, boolean writes) {
    TouchedKeyCollector touched = new TouchedKeyCollector(partitionKeys);
    try {
      touched.read(JsonTree.read(body));
    } catch (IOException broken) {
      // The database says so itself.
    }
    List<TokenBucket> buckets =
        touched.byTable().entrySet().stream()
            .flatMap(entry -> partitions(entry.getKey(), entry.getValue()).stream())
            .distinct()
            .map(partition -> writes ? partition.writes() : partition.reads())
            .toList();
    return new Capacity(
        quotas, writes ? Quota.WRITE_UNITS_PER_SECOND : Quota.READ_UNITS_PER_SECOND, buckets);
  }

  /** Hears what the database says to a call that it refuses by itself. */
  void refused(String answer) {
    quotas.within(Quota.ITEM_BYTES, !answer.contains("Item size"));
  }

  private List<Partition> partitions(String table, List<Object> keys) {
    List<Partition> all = byTable.getOrDefault(table, List.of());
    if (keys.isEmpty() || all.isEmpty()) {
      return all;
    }
    return keys.stream().map(key -> all.get(Math.floorMod(spread(key), all.size()))).toList();
  }

  /** Keys differ in their last characters, and so do their hashes in their last bits only. */
  private static int spread(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 16);
  }

  /**
   * The capacity that one call uses.
   *
   * @param quota the quota by which it may be refused
   * @param buckets the buckets of the partitions that it touches
   */
  record Capacity(QuotaCheck quotas, Quota quota, List<TokenBucket> buckets) {
    /** Whether there is any; counts a hit when there is none. */
    boolean isLeft() {
      return quotas.within(quota, buckets.stream().allMatch(TokenBucket::hasAny));
    }

    /** Takes what the call consumed. */
    void take(double units) {
      buckets.forEach(bucket -> bucket.take(units / buckets.size()));
    }
  }
}
