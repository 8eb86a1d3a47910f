package dev.fanbench.protocol;

import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** The one shape of id that API Gateway shows. They name things; they are no secrets. */
final class OpaqueId {
  private static final int RANDOM_BYTES = 11;

  private OpaqueId() {}

  static String next() {
    byte[] random = new byte[RANDOM_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }
}
