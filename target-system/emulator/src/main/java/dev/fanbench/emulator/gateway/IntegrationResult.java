package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.integration.IntegrationAnswer;

/** The result of a call to a route's integration. */
sealed interface IntegrationResult {
  /** It answered, and what it answered is well formed. */
  record Answered(IntegrationAnswer answer) implements IntegrationResult {}

  /** It failed, or answered something that is no answer; or a mapping could not be made. */
  record Failed(Throwable cause) implements IntegrationResult {}

  /** It took longer than the integration's timeout. */
  record TimedOut() implements IntegrationResult {}
}
