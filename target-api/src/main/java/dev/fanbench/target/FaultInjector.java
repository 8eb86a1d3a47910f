package dev.fanbench.target;

/** Puts faults into force that no client can cause. Used by tests of the load. */
@FunctionalInterface
public interface FaultInjector {
  /**
   * Puts each member of {@code fault} into force.
   *
   * @throws IllegalArgumentException if a name or value is not known; its message says which are
   */
  void inject(FaultRequest fault);

  /** Rejects every fault. */
  static FaultInjector none() {
    return fault -> {
      throw new IllegalArgumentException(
          "fault %s is not allowed; this target takes no faults"
              .formatted(String.join(", ", fault.names())));
    };
  }
}
