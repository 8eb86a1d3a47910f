package dev.fanbench.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The one spelling of a request that both sides sign.
 *
 * <p>The path is encoded once more than it is on the wire, for this is no call of S3: {@code
 * @connections/x%3D} becomes {@code %40connections/x%253D}. A client that sends {@code
 * %40connections} signs {@code %2540connections}. Slashes that follow one another count as one.
 */
final class CanonicalRequest {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final int RADIX = 16;

  private CanonicalRequest() {}

  /** Its bytes; {@code signedHeaders} are listed in the given order, which is part of it. */
  static byte[] bytes(SignedRequest request, List<String> signedHeaders, String bodyHash) {
    String uri = request.uri();
    int query = uri.indexOf('?');
    StringBuilder out = new StringBuilder(512).append(request.method()).append('\n');
    encode(out, normalized(query < 0 ? uri : uri.substring(0, query)).getBytes(UTF_8), true);
    out.append('\n').append(query < 0 ? "" : query(uri.substring(query + 1))).append('\n');
    for (String name : signedHeaders) {
      out.append(name.toLowerCase(Locale.ROOT)).append(':');
      String separator = "";
      for (String value : request.headers(name)) {
        out.append(separator).append(collapsed(value));
        separator = ",";
      }
      out.append('\n');
    }
    return out.append('\n')
        .append(String.join(";", signedHeaders))
        .append('\n')
        .append(bodyHash)
        .toString()
        .getBytes(UTF_8);
  }

  /** With one slash for each run of them, as SDKs sign; they send all of them. */
  private static String normalized(String path) {
    return path.contains("//") ? path.replaceAll("/+", "/") : path;
  }

  private static String query(String raw) {
    List<String> parameters = new ArrayList<>();
    for (String parameter : raw.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        StringBuilder out = new StringBuilder();
        encode(out, decode(equals < 0 ? parameter : parameter.substring(0, equals)), false);
        out.append('=');
        encode(out, decode(equals < 0 ? "" : parameter.substring(equals + 1)), false);
        parameters.add(out.toString());
      }
    }
    Collections.sort(parameters);
    return String.join("&", parameters);
  }

  private static byte[] decode(String encoded) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(encoded.length());
    byte[] bytes = encoded.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], RADIX) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], RADIX) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out.write(high * RADIX + low);
        i += 2;
      } else {
        out.write(bytes[i]);
      }
    }
    return out.toByteArray();
  }

  private static void encode(StringBuilder out, byte[] bytes, boolean slashStays) {
    for (byte b : bytes) {
      if (isUnreserved(b) || (slashStays && b == '/')) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
      }
    }
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || "-_.~".indexOf(b) >= 0;
  }

  /** Without blanks at both ends, and one blank for each run of them inside. */
  private static String collapsed(String value) {
    String trimmed = value.trim();
    return trimmed.contains("  ") ? trimmed.replaceAll(" +", " ") : trimmed;
  }
}
