package dev.fanbench.emulator.template;

import java.net.URI;
import java.util.Map;

/**
 * The method and address of an HTTP integration's requests.
 *
 * @param method for instance {@code POST}
 * @param uri without the query that {@code parameters} may add
 * @param parameters the source of each header or query parameter, such as {@code
 *     context.connectionId} for {@code integration.request.header.connectionId}
 */
public record HttpEndpoint(String method, URI uri, Map<String, String> parameters) {

  /** Copies the parameters. */
  public HttpEndpoint {
    parameters = Map.copyOf(parameters);
  }
}
