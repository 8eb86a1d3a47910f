package dev.fanbench.emulator.template;

import java.net.URI;
import java.util.Map;

/**
 * Where an HTTP integration sends its requests.
 *
 * @param method for instance {@code POST}
 * @param uri without the query that {@code parameters} may add
 * @param parameters where a header or query parameter of the request comes from, such as {@code
 *     integration.request.header.connectionId} from {@code context.connectionId}
 */
public record HttpEndpoint(String method, URI uri, Map<String, String> parameters) {

  /** Copies the parameters. */
  public HttpEndpoint {
    parameters = Map.copyOf(parameters);
  }
}
