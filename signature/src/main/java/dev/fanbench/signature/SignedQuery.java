package dev.fanbench.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A signature in the query of an address, the only way of browsers, which set no header.
 *
 * @param authorization the same as a header would say
 * @param signedAt the time of the signature, as {@code X-Amz-Date} has it
 * @param expires how long it is good for, up to seven days
 * @param request the request without its signature: what was signed
 */
record SignedQuery(
    Authorization authorization, String signedAt, Duration expires, SignedRequest request) {
  private static final String PREFIX = "X-Amz-";
  private static final String SIGNATURE = "X-Amz-Signature";

  /** As AWS has it. */
  private static final int MOST_SECONDS = 7 * 24 * 60 * 60;

  /** Whether a request is signed in its query, rightly or not. */
  static boolean isIn(SignedRequest request) {
    return request.uri().contains(SIGNATURE + "=");
  }

  /** Reads the query; empty if a part of it is missing or malformed. */
  static Optional<SignedQuery> parse(SignedRequest request) {
    int query = request.uri().indexOf('?');
    Map<String, String> parameters = new HashMap<>();
    List<String> signed = new ArrayList<>();
    for (String parameter : request.uri().substring(query + 1).split("&", -1)) {
      int equals = Math.max(0, parameter.indexOf('='));
      String name = parameter.substring(0, equals);
      if (name.startsWith(PREFIX)
          && parameters.put(name, parameter.substring(equals + 1)) != null) {
        return Optional.empty();
      }
      if (!name.equals(SIGNATURE)) {
        signed.add(parameter);
      }
    }
    String expires = parameters.getOrDefault("X-Amz-Expires", "");
    if (query < 0
        || !expires.matches("\\d{1,6}")
        || Integer.parseInt(expires) < 1
        || Integer.parseInt(expires) > MOST_SECONDS) {
      return Optional.empty();
    }
    String uri = request.uri().substring(0, query) + "?" + String.join("&", signed);
    return authorization(parameters)
        .map(
            authorization ->
                new SignedQuery(
                    authorization,
                    parameters.getOrDefault("X-Amz-Date", ""),
                    Duration.ofSeconds(Integer.parseInt(expires)),
                    new Unsigned(request, uri)));
  }

  private static Optional<Authorization> authorization(Map<String, String> parameters) {
    try {
      return Authorization.parse(
          "%s Credential=%s,SignedHeaders=%s,Signature=%s"
              .formatted(
                  parameters.get("X-Amz-Algorithm"),
                  decoded(parameters, "X-Amz-Credential"),
                  decoded(parameters, "X-Amz-SignedHeaders"),
                  decoded(parameters, SIGNATURE)));
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static String decoded(Map<String, String> parameters, String name) {
    return URLDecoder.decode(parameters.getOrDefault(name, ""), UTF_8);
  }

  private record Unsigned(SignedRequest request, String uri) implements SignedRequest {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public Set<String> headerNames() {
      return request.headerNames();
    }

    @Override
    public List<String> headers(String name) {
      return request.headers(name);
    }

    @Override
    public ByteBuffer body() {
      return request.body();
    }
  }
}
