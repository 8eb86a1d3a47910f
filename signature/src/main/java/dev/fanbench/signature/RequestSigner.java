package dev.fanbench.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.signature.Authorization.Scope;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures by one secret. The keys derived from it take four hashes each and are the same for a
 * day, so they are kept. Thread-safe.
 */
final class RequestSigner {
  /** A caller may name any region, so there has to be an end; one run uses one or two. */
  private static final int MOST = 64;

  private final Map<Scope, SecretKeySpec> byScope = new ConcurrentHashMap<>();
  private final String secret;

  RequestSigner(String secret) {
    this.secret = secret;
  }

  /** The signature of a request, computed alike for signing and for checking. */
  String signature(
      SignedRequest request, Scope scope, List<String> signedHeaders, String signedAt) {
    String bodyHash = hex(Sha256.sha256(request.body()));
    byte[] canonical = CanonicalRequest.bytes(request, signedHeaders, bodyHash);
    String toSign =
        String.join(
            "\n",
            Authorization.ALGORITHM,
            signedAt,
            scope.toString(),
            hex(Sha256.sha256(canonical)));
    return hex(Sha256.keyed(of(scope), toSign.getBytes(UTF_8)));
  }

  private SecretKeySpec of(Scope scope) {
    SecretKeySpec known = byScope.get(scope);
    if (known != null) {
      return known;
    }
    if (byScope.size() >= MOST) {
      byScope.clear();
    }
    SecretKeySpec derived = derive(scope);
    byScope.put(scope, derived);
    return derived;
  }

  private SecretKeySpec derive(Scope scope) {
    SecretKeySpec key = key(("AWS4" + secret).getBytes(UTF_8));
    key = key(Sha256.keyed(key, scope.day().getBytes(UTF_8)));
    key = key(Sha256.keyed(key, scope.region().getBytes(UTF_8)));
    key = key(Sha256.keyed(key, scope.service().getBytes(UTF_8)));
    return key(Sha256.keyed(key, Scope.END.getBytes(UTF_8)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, Sha256.KEYED);
  }
}
