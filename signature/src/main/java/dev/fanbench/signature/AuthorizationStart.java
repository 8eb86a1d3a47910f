package dev.fanbench.signature;

import dev.fanbench.signature.Authorization.Scope;
import java.util.List;
import java.util.Optional;

/**
 * A header {@code Authorization} without its signature, and the fields that were read from it. A
 * header that begins alike has the same fields, so they need not be read again.
 *
 * @param text the header up to its signature; empty for one that matches none
 */
record AuthorizationStart(String text, Scope scope, List<String> signedHeaders) {
  static final AuthorizationStart NONE =
      new AuthorizationStart("", new Scope("", "", ""), List.of());

  private static final String SIGNATURE = "Signature=";

  /** The start of a header that was read; none if its signature is not at the end. */
  static AuthorizationStart of(String header, Authorization read) {
    String end = SIGNATURE + read.signature();
    return header.endsWith(end)
        ? new AuthorizationStart(
            header.substring(0, header.length() - read.signature().length()),
            read.scope(),
            read.signedHeaders())
        : NONE;
  }

  /** The fields of a header that begins with this; empty for any other. */
  Optional<Authorization> complete(String header) {
    if (text.isEmpty() || !header.startsWith(text)) {
      return Optional.empty();
    }
    String signature = header.substring(text.length());
    // A further field or a blank is for the reader of whole headers.
    return isHex(signature)
        ? Optional.of(new Authorization(scope, signedHeaders, signature))
        : Optional.empty();
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (!((each >= '0' && each <= '9') || (each >= 'a' && each <= 'f'))) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
