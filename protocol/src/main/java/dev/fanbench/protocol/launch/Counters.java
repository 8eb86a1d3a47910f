package dev.fanbench.protocol.launch;

import java.util.Map;

/** A target's own figures, by the names that {@link TargetCounter} declares. */
@FunctionalInterface
public interface Counters {
  /**
   * The figures now. Called from the control endpoint's thread while the target works, so it must
   * not wait for it.
   */
  Map<String, ? extends Number> read();
}
