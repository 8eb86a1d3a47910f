package dev.fanbench.emulator.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.emulator.signature.Authorization.Scope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys derived from one secret: each takes four hashes, and is the same for a day. Thread-safe.
 */
final class SigningKeys {
  /** A caller may name any region, so there has to be an end; one run uses one or two. */
  private static final int MOST = 64;

  private final Map<Scope, SecretKeySpec> byScope = new ConcurrentHashMap<>();
  private final String secret;

  SigningKeys(String secret) {
    this.secret = secret;
  }

  SecretKeySpec of(Scope scope) {
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
    key = key(Hashes.keyed(key, scope.day().getBytes(UTF_8)));
    key = key(Hashes.keyed(key, scope.region().getBytes(UTF_8)));
    key = key(Hashes.keyed(key, scope.service().getBytes(UTF_8)));
    return key(Hashes.keyed(key, Scope.END.getBytes(UTF_8)));
  }

  private static SecretKeySpec key(byte[] bytes) {
    return new SecretKeySpec(bytes, Hashes.KEYED);
  }
}
