package dev.fanbench.emulator.integration;

/** Answers the messages of one route. Thread-safe. */
@FunctionalInterface
public interface Backend {
  /**
   * Asks; never blocks and never throws.
   *
   * @param event as a proxy integration gets it
   */
  PendingAnswer<IntegrationAnswer> call(byte[] event);
}
