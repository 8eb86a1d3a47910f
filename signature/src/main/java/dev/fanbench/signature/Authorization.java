package dev.fanbench.signature;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of the header {@code Authorization}.
 *
 * @param scope the day, region and service of the key, as in {@code
 *     20240209/us-east-1/execute-api/aws4_request}
 * @param signedHeaders names of the headers that are signed, in the order in which they are
 * @param signature in lower-case hex, if its sender follows the rules
 */
record Authorization(Scope scope, List<String> signedHeaders, String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /** The format of the header {@code X-Amz-Date}; it begins with the day of the scope. */
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int CREDENTIAL_PARTS = 5;

  /** Day, region and service that a signing key is derived for. */
  record Scope(String day, String region, String service) {
    static final String END = "aws4_request";

    @Override
    public String toString() {
      return day + "/" + region + "/" + service + "/" + END;
    }
  }

  /** The header of a request that {@code accessKey} has signed. */
  String header(String accessKey) {
    return ALGORITHM
        + " Credential="
        + accessKey
        + "/"
        + scope
        + ", SignedHeaders="
        + String.join(";", signedHeaders)
        + ", Signature="
        + signature;
  }

  /** Reads a header; empty if a part of it is missing or malformed. */
  static Optional<Authorization> parse(String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      return Optional.empty();
    }
    String credential = "";
    String signedHeaders = "";
    String signature = "";
    for (String part : header.substring(ALGORITHM.length() + 1).split(",", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1).trim();
      switch (part.substring(0, Math.max(0, equals)).trim()) {
        case "Credential" -> credential = value;
        case "SignedHeaders" -> signedHeaders = value;
        case "Signature" -> signature = value;
        default -> {
          return Optional.empty();
        }
      }
    }
    String[] key = credential.split("/", -1);
    boolean whole =
        key.length == CREDENTIAL_PARTS
            && !key[0].isEmpty()
            && key[CREDENTIAL_PARTS - 1].equals(Scope.END)
            && !signature.isEmpty();
    List<String> names = List.of(signedHeaders.split(";"));
    return whole && isEachOnce(names)
        ? Optional.of(new Authorization(new Scope(key[1], key[2], key[3]), names, signature))
        : Optional.empty();
  }

  /**
   * Whether no header is named twice, in any case. A long one that is named a thousand times would
   * have to be hashed a thousand times.
   */
  private static boolean isEachOnce(List<String> names) {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    return names.stream().allMatch(name -> !name.isEmpty() && seen.add(name));
  }
}
