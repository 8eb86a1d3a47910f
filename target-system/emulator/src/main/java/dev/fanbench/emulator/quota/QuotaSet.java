package dev.fanbench.emulator.quota;

import java.util.EnumMap;
import java.util.Map;

/**
 * The quotas in force. Immutable.
 *
 * @param values the values that are not standard
 */
public record QuotaSet(Map<Quota, Long> values) {

  public QuotaSet {
    values = Map.copyOf(values);
    values.forEach(
        (quota, value) -> {
          if (value < 1 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                "--quota %s=%d is not allowed; %1$s takes 1 to %d"
                    .formatted(quota.key(), value, Integer.MAX_VALUE));
          }
        });
    if (values.containsKey(Quota.ITEM_BYTES)) {
      throw new IllegalArgumentException(
          "quota %s is DynamoDB Local's own, and cannot be set".formatted(Quota.ITEM_BYTES.key()));
    }
  }

  /** The quotas of a new account. */
  public static QuotaSet standard() {
    return new QuotaSet(Map.of());
  }

  /**
   * Reads values by the names of their quotas.
   *
   * @throws IllegalArgumentException for a name that is none, or a value that none can have
   */
  public static QuotaSet of(Map<String, Long> byKey) {
    Map<Quota, Long> values = new EnumMap<>(Quota.class);
    byKey.forEach((key, value) -> values.put(Quota.named(key), value));
    return new QuotaSet(values);
  }

  /** The same but for one. */
  public QuotaSet with(Quota quota, long value) {
    Map<Quota, Long> changed = new EnumMap<>(Quota.class);
    changed.putAll(values);
    changed.put(quota, value);
    return new QuotaSet(changed);
  }

  /** A value, in the unit that the quota's name says. */
  public int of(Quota quota) {
    return Math.toIntExact(values.getOrDefault(quota, quota.standard()));
  }
}
