package dev.fanbench.protocol.launch;

import dev.fanbench.protocol.JsonObject;

/** Disturbances of a target that no client could cause, for tests of whoever measures it. */
@FunctionalInterface
public interface Faults {
  /**
   * Puts the members of {@code fault} into force, each named after what it disturbs.
   *
   * @throws IllegalArgumentException if a name or value is not known; its message says which are
   */
  void inject(JsonObject fault);

  /** No fault at all: every name is refused. */
  static Faults none() {
    return fault -> {
      throw new IllegalArgumentException(
          "unknown fault %s; this target has none".formatted(String.join(", ", fault.names())));
    };
  }
}
