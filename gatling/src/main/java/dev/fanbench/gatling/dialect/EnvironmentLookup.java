package dev.fanbench.gatling.dialect;

import java.util.Optional;

/** Finds the value of an environment variable, for <code>${env:NAME}</code> in dialects. */
@FunctionalInterface
public interface EnvironmentLookup {

  /** The value; empty when the variable is not set. */
  Optional<String> value(String variable);

  /** The environment of this process. A variable without a character counts as not set. */
  static EnvironmentLookup ofProcess() {
    return variable -> Optional.ofNullable(System.getenv(variable)).filter(v -> !v.isEmpty());
  }

  /** No variables at all. */
  static EnvironmentLookup none() {
    return variable -> Optional.empty();
  }

  /** Each variable is set to its own name, so that dialects can be listed without secrets. */
  static EnvironmentLookup namesOnly() {
    return Optional::of;
  }
}
