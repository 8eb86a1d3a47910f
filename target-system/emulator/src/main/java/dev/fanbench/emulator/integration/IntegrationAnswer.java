package dev.fanbench.emulator.integration;

import java.util.Map;

/**
 * The answer of an integration.
 *
 * @param statusCode an HTTP status
 * @param headers by lower-case name
 * @param body the frame for the sender, empty when there is none
 */
public record IntegrationAnswer(int statusCode, Map<String, String> headers, String body) {

  /** Whether a client that asks to be let in may come in. */
  public boolean isSuccess() {
    return statusCode >= 200 && statusCode < 300;
  }
}
