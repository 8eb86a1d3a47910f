package dev.fanbench.measurement.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unmodifiable copies that keep their order, so that one run always writes the same text. */
final class OrderedCopy {

  private OrderedCopy() {}

  /** A copy; of null, which a directory older than the field reads as, an empty one. */
  static <K, V> Map<K, V> copyOf(Map<K, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
