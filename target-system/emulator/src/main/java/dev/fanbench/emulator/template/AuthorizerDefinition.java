package dev.fanbench.emulator.template;

import java.util.List;

/**
 * A REQUEST authorizer: the function that says who may connect.
 *
 * @param function its logical name
 * @param identitySources what a request must have, all of it, for the function to be asked at all
 */
public record AuthorizerDefinition(String function, List<IdentitySource> identitySources) {
  /** Copies the sources. */
  public AuthorizerDefinition {
    identitySources = List.copyOf(identitySources);
  }
}
