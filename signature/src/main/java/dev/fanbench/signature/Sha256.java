package dev.fanbench.signature;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import javax.crypto.Mac;

/**
 * SHA-256 and its keyed form. Each thread has one instance of both, because to look them up costs
 * as much as a short hash. Thread-safe.
 */
final class Sha256 {
  static final String KEYED = "HmacSHA256";

  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(() -> present(() -> MessageDigest.getInstance("SHA-256")));
  private static final ThreadLocal<Mac> MAC =
      ThreadLocal.withInitial(() -> present(() -> Mac.getInstance(KEYED)));

  private Sha256() {}

  static byte[] sha256(byte[] bytes) {
    return DIGEST.get().digest(bytes);
  }

  /** Leaves the position of {@code bytes} alone. */
  static byte[] sha256(ByteBuffer bytes) {
    MessageDigest digest = DIGEST.get();
    digest.update(bytes.duplicate());
    return digest.digest();
  }

  static byte[] keyed(Key key, byte[] bytes) {
    return present(
        () -> {
          Mac mac = MAC.get();
          mac.init(key);
          return mac.doFinal(bytes);
        });
  }

  /** Every JDK has both algorithms, and takes any key that is not empty. */
  private static <T> T present(Lookup<T> lookup) {
    try {
      return lookup.get();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @FunctionalInterface
  private interface Lookup<T> {
    T get() throws GeneralSecurityException;
  }
}
