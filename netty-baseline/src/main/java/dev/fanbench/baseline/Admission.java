package dev.fanbench.baseline;

import dev.fanbench.baseline.Admission.Verdict.Admitted;
import dev.fanbench.baseline.Admission.Verdict.Denied;
import dev.fanbench.baseline.Admission.Verdict.Unauthorized;
import dev.fanbench.tokens.Credential;
import dev.fanbench.tokens.TokenKey;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/**
 * Decides on connects by origin and token. Immutable.
 *
 * @param origins origins of pages that may connect; empty for all. A request without an origin
 *     comes from no page
 * @param tokens the key that verifies the token of each request; empty to admit all
 * @param clock the clock of expiry times
 */
record Admission(Set<String> origins, Optional<TokenKey> tokens, InstantSource clock) {
  private static final String QUERY_TOKEN = "token=";

  /** The decision on a request. */
  sealed interface Verdict {
    /** It may connect, as a user if its token names one. */
    record Admitted(Optional<String> user) implements Verdict {}

    /** It shows no token: 401. */
    record Unauthorized() implements Verdict {}

    /** Its token names no user, or its origin is not allowed: 403. */
    record Denied() implements Verdict {}
  }

  Verdict of(HttpRequest request) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !origins.isEmpty() && !origins.contains(origin)) {
      return new Denied();
    }
    if (tokens.isEmpty()) {
      return new Admitted(Optional.empty());
    }
    Optional<Credential> credential =
        Credential.of(request.headers().get(HttpHeaderNames.AUTHORIZATION), query(request));
    if (credential.isEmpty()) {
      return new Unauthorized();
    }
    Optional<String> user = tokens.get().user(credential.get(), clock.instant());
    return user.isPresent() ? new Admitted(user) : new Denied();
  }

  /**
   * The query's parameter {@code token}, empty if there is none. One that cannot be decoded is a
   * token like any other, and no good one.
   */
  private static String query(HttpRequest request) {
    String query = new QueryStringDecoder(request.uri()).rawQuery();
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith(QUERY_TOKEN)) {
        return decoded(parameter.substring(QUERY_TOKEN.length()));
      }
    }
    return "";
  }

  private static String decoded(String value) {
    try {
      return QueryStringDecoder.decodeComponent(value);
    } catch (IllegalArgumentException malformed) {
      return value;
    }
  }
}
