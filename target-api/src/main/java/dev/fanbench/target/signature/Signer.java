package dev.fanbench.target.signature;

import dev.fanbench.target.signature.Authorization.Scope;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Signs requests that have no body.
 *
 * <pre>{@code
 * Signer signer = new Signer(key, "us-east-1", "execute-api", Clock.systemUTC());
 * Map<String, String> headers = signer.headers("GET", URI.create("wss://chat.example/dev"));
 * }</pre>
 *
 * <p>A signature is good for five minutes and for any number of equal requests. Thread-safe.
 */
public final class Signer {
  private static final String DATE = "X-Amz-Date";
  private static final String SESSION_TOKEN = "X-Amz-Security-Token";

  private final AccessKey key;
  private final RequestSigner signatures;
  private final String region;
  private final String service;
  private final Clock clock;

  /**
   * @param key who signs
   * @param region where the service is, as in {@code us-east-1}
   * @param service as signatures name it; {@code execute-api} for whatever API Gateway serves
   * @param clock the time of the signature
   */
  public Signer(AccessKey key, String region, String service, Clock clock) {
    this.key = key;
    this.signatures = new RequestSigner(key.secret());
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /**
   * The headers to add to a request, by name. They and {@code Host} are signed.
   *
   * @param method in upper case
   * @param uri with authority, path and query as they are sent
   */
  public Map<String, String> headers(String method, URI uri) {
    String now = Authorization.TIME.format(clock.instant());
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put(DATE, now);
    key.sessionToken().ifPresent(token -> headers.put(SESSION_TOKEN, token));
    Map<String, String> signed = new TreeMap<>(headers);
    signed.put("host", uri.getRawAuthority());
    List<String> names =
        signed.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList();
    Scope scope = new Scope(now.substring(0, now.indexOf('T')), region, service);
    String signature =
        signatures.signature(new Bodiless(method, resource(uri), signed), scope, names, now);
    headers.put("Authorization", new Authorization(scope, names, signature).header(key.id()));
    return headers;
  }

  private static String resource(URI uri) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private record Bodiless(String method, String uri, Map<String, String> byName)
      implements SignedRequest {
    Bodiless {
      Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      any.putAll(byName);
      byName = any;
    }

    @Override
    public Set<String> headerNames() {
      return byName.keySet();
    }

    @Override
    public List<String> headers(String name) {
      return List.of(byName.get(name));
    }

    @Override
    public ByteBuffer body() {
      return ByteBuffer.allocate(0);
    }
  }
}
