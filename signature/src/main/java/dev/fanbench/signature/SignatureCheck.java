package dev.fanbench.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.signature.Authorization.Scope;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells whether a call is signed with a secret.
 *
 * <pre>{@code
 * SignatureCheck check = new SignatureCheck("local", Clock.systemUTC());
 * Optional<Refusal> refusal = check.check(request);
 * }</pre>
 *
 * <p>A signature covers the method, path, query, signed headers and body. {@code host} and every
 * {@code x-amz-…} header must be signed. A signature is valid for 5 minutes before and after its
 * time; one in the query for as long as {@code X-Amz-Expires} says. Any access key and any region
 * are accepted. Thread-safe; never blocks.
 */
public final class SignatureCheck {
  /** The service name in the scope of {@code @connections}. */
  private static final String SERVICE = "execute-api";

  /** As AWS has it, in either direction. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final String AMAZON = "x-amz-";

  private final RequestSigner keys;
  private final Clock clock;

  /** The time that was read last; the calls of one second have the same. */
  private volatile SignedTime lastTime = new SignedTime("", Instant.EPOCH);

  /** The header that was read last; the calls of one caller differ in their signature alone. */
  private volatile AuthorizationStart lastStart = AuthorizationStart.NONE;

  /**
   * @param secret the key that callers have
   * @param clock tells how old a signature is
   */
  public SignatureCheck(String secret, Clock clock) {
    this.keys = new RequestSigner(secret);
    this.clock = clock;
  }

  /** The refusal of the call; empty if it is signed. */
  public Optional<Refusal> check(SignedRequest request) {
    List<String> headers = request.headers("authorization");
    if (headers.isEmpty() && SignedQuery.isIn(request)) {
      return SignedQuery.parse(request)
          .map(
              query ->
                  check(query.request(), query.authorization(), query.signedAt(), query.expires()))
          .orElseGet(
              () ->
                  Optional.of(
                      Refusal.incomplete(
                          "The query has to have X-Amz-Algorithm, -Credential, -Date, -Expires,"
                              + " -SignedHeaders and -Signature, each once.")));
    }
    if (headers.size() != 1) {
      return Optional.of(Refusal.UNSIGNED);
    }
    Optional<Authorization> authorization = authorization(headers.get(0));
    if (authorization.isEmpty()) {
      return Optional.of(
          Refusal.incomplete(
              "Authorization has to be %s Credential, SignedHeaders and Signature."
                  .formatted(Authorization.ALGORITHM)));
    }
    List<String> dates = request.headers("x-amz-date");
    return dates.size() == 1
        ? check(request, authorization.get(), dates.get(0), TOLERANCE)
        : Optional.of(Refusal.incomplete("X-Amz-Date is missing."));
  }

  private Optional<Authorization> authorization(String header) {
    Optional<Authorization> known = lastStart.complete(header);
    if (known.isPresent()) {
      return known;
    }
    Optional<Authorization> read = Authorization.parse(header);
    read.ifPresent(each -> lastStart = AuthorizationStart.of(header, each));
    return read;
  }

  private Optional<Refusal> check(
      SignedRequest request, Authorization authorization, String signedAt, Duration lifetime) {
    return badScope(authorization.scope(), signedAt)
        .or(() -> badTime(signedAt, lifetime))
        .or(() -> unsignedHeader(request, authorization.signedHeaders()))
        .or(
            () ->
                matches(request, authorization, signedAt)
                    ? Optional.empty()
                    : Optional.of(Refusal.MISMATCH));
  }

  private static Optional<Refusal> badScope(Scope scope, String signedAt) {
    if (!scope.service().equals(SERVICE)) {
      return Optional.of(Refusal.badScope("correct service: '" + SERVICE + "'."));
    }
    return signedAt.startsWith(scope.day() + "T")
        ? Optional.empty()
        : Optional.of(Refusal.badScope("the day of X-Amz-Date."));
  }

  private Optional<Refusal> badTime(String signedAt, Duration lifetime) {
    Instant signed;
    try {
      signed = time(signedAt);
    } catch (DateTimeException broken) {
      return Optional.of(Refusal.incomplete("X-Amz-Date has to be such as 20240209T181143Z."));
    }
    Instant now = clock.instant();
    if (signed.isBefore(now.minus(lifetime))) {
      return Optional.of(
          Refusal.badTime(
              "Signature expired: %s, now %s".formatted(signedAt, Authorization.TIME.format(now))));
    }
    if (signed.isAfter(now.plus(TOLERANCE))) {
      return Optional.of(
          Refusal.badTime(
              "Signature not yet current: %s, now %s"
                  .formatted(signedAt, Authorization.TIME.format(now))));
    }
    return Optional.empty();
  }

  private Instant time(String signedAt) {
    SignedTime last = lastTime;
    if (!last.text().equals(signedAt)) {
      last = new SignedTime(signedAt, Authorization.TIME.parse(signedAt, Instant::from));
      lastTime = last;
    }
    return last.at();
  }

  private static Optional<Refusal> unsignedHeader(SignedRequest request, List<String> names) {
    boolean covered = names.contains("host");
    for (String name : request.headerNames()) {
      // No case is changed for the many headers that need not be signed.
      if (name.regionMatches(true, 0, AMAZON, 0, AMAZON.length())) {
        covered &= names.contains(name.toLowerCase(Locale.ROOT));
      }
    }
    return covered
        ? Optional.empty()
        : Optional.of(Refusal.incomplete("Host and all x-amz- headers have to be signed."));
  }

  private boolean matches(SignedRequest request, Authorization authorization, String signedAt) {
    String expected =
        keys.signature(request, authorization.scope(), authorization.signedHeaders(), signedAt);
    // In constant time, so that an answer's delay tells nothing of how much was right.
    return MessageDigest.isEqual(
        expected.getBytes(UTF_8), authorization.signature().getBytes(UTF_8));
  }

  /** A time of a signature, as text and as it was read. */
  private record SignedTime(String text, Instant at) {}
}
