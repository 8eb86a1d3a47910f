package dev.fanbench.emulator.gateway;

/** What became of a call to a route's integration. */
sealed interface IntegrationResult {
  /** It returned, and what it returned is well formed. */
  record Answered(ProxyAnswer answer) implements IntegrationResult {}

  /** It threw, or returned something that is no answer. */
  record Failed(Throwable cause) implements IntegrationResult {}

  /** It took longer than the integration's timeout. */
  record TimedOut() implements IntegrationResult {}
}
