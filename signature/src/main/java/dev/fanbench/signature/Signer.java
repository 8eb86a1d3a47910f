package dev.fanbench.signature;

import dev.fanbench.signature.Authorization.Scope;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Signs requests to one service.
 *
 * <pre>{@code
 * Signer signer = new Signer(key, "us-east-1", "execute-api");
 * Map<String, String> headers =
 *     signer.headers("GET", URI.create("wss://chat.example/dev"), clock.instant());
 * }</pre>
 *
 * <p>A signature is good for five minutes and for any number of equal requests. Thread-safe.
 */
public final class Signer {
  private static final String HOST = "host";
  private static final String DATE = "X-Amz-Date";
  private static final String SESSION_TOKEN = "X-Amz-Security-Token";
  private static final String AUTHORIZATION = "Authorization";

  /** In the order in which they are signed. */
  private static final List<String> NAMES = List.of(HOST, "x-amz-date");

  private static final List<String> NAMES_WITH_TOKEN =
      List.of(HOST, "x-amz-date", "x-amz-security-token");

  private final AccessKey key;
  private final RequestSigner signatures;
  private final String region;
  private final String service;
  private final List<String> names;
  private volatile Second latest;

  /** A second of time as requests have it, so that one second's requests format it once. */
  private record Second(long epochSecond, String text, Scope scope) {}

  /**
   * @param key whose signatures these are
   * @param region where the service is, as in {@code us-east-1}
   * @param service as signatures name it; {@code execute-api} for whatever API Gateway serves
   */
  public Signer(AccessKey key, String region, String service) {
    this.key = key;
    this.signatures = new RequestSigner(key.secret());
    this.region = region;
    this.service = service;
    this.names = key.sessionToken().isPresent() ? NAMES_WITH_TOKEN : NAMES;
    this.latest = second(Instant.EPOCH);
  }

  /**
   * The headers to add to a request without a body, by name. They and {@code Host} are signed.
   *
   * @param method in upper case
   * @param uri with authority, path and query as they are sent
   * @param at the time of the signature
   */
  public Map<String, String> headers(String method, URI uri, Instant at) {
    return headers(method, uri.getRawAuthority(), resource(uri), ByteBuffer.allocate(0), at);
  }

  /**
   * The headers to add to a request, by name. They and {@code Host} are signed.
   *
   * @param method in upper case
   * @param host the value of the header {@code Host}
   * @param resource path and query as they are sent
   * @param body its position is left alone
   * @param at the time of the signature
   */
  public Map<String, String> headers(
      String method, String host, String resource, ByteBuffer body, Instant at) {
    Second second = latest;
    if (second.epochSecond() != at.getEpochSecond()) {
      second = second(at);
      latest = second;
    }
    SignedRequest request = new Outgoing(method, resource, host, second.text(), key, names, body);
    String signature = signatures.signature(request, second.scope(), names, second.text());
    String authorization = new Authorization(second.scope(), names, signature).header(key.id());
    return key.sessionToken().isPresent()
        ? Map.of(
            DATE,
            second.text(),
            SESSION_TOKEN,
            key.sessionToken().get(),
            AUTHORIZATION,
            authorization)
        : Map.of(DATE, second.text(), AUTHORIZATION, authorization);
  }

  private Second second(Instant at) {
    String text = Authorization.TIME.format(at);
    String day = text.substring(0, text.indexOf('T'));
    return new Second(at.getEpochSecond(), text, new Scope(day, region, service));
  }

  private static String resource(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  /** A request before it is sent, with the headers that are signed and no others. */
  private record Outgoing(
      String method,
      String uri,
      String host,
      String date,
      AccessKey key,
      List<String> names,
      ByteBuffer body)
      implements SignedRequest {

    @Override
    public Set<String> headerNames() {
      return Set.copyOf(names);
    }

    @Override
    public List<String> headers(String name) {
      return switch (name) {
        case HOST -> List.of(host);
        case "x-amz-date" -> List.of(date);
        default -> key.sessionToken().stream().toList();
      };
    }
  }
}
