package dev.fanbench.gatling.dialect;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A function of bytes in a frame, such as <code>${bytes:…}</code>. Stateless. */
enum FrameFunction {
  /** The number of bytes, in decimal. */
  BYTES {
    @Override
    byte[] of(byte[] key, byte[] input) {
      return ascii(Integer.toString(input.length));
    }
  },

  /** The bytes inside a JSON string. */
  JSON {
    @Override
    byte[] of(byte[] key, byte[] input) {
      String text = new String(input, StandardCharsets.UTF_8);
      StringBuilder escaped = new StringBuilder(text.length());
      text.chars().forEach(c -> escape(escaped, (char) c));
      return escaped.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void escape(StringBuilder out, char c) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
  },

  /** Base64 for URLs without padding (RFC 4648 §5). */
  BASE64URL {
    @Override
    byte[] of(byte[] key, byte[] input) {
      return Base64.getUrlEncoder().withoutPadding().encode(input);
    }
  },

  /** MD5 in lower-case hexadecimal, as Pusher's REST calls want it. */
  MD5 {
    @Override
    byte[] of(byte[] key, byte[] input) {
      try {
        return hex(MessageDigest.getInstance("MD5").digest(input));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("every JDK has MD5", impossible);
      }
    }
  },

  /** HMAC with SHA-256 in lower-case hexadecimal. */
  HMAC_SHA256 {
    @Override
    byte[] of(byte[] key, byte[] input) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return hex(mac.doFinal(input));
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException("every JDK has HmacSHA256", impossible);
      }
    }
  };

  /**
   * Applies the function.
   *
   * @param key of a function that has one; empty otherwise
   */
  abstract byte[] of(byte[] key, byte[] input);

  /** Whether a key stands before the input, with a colon between. */
  boolean hasKey() {
    return this == HMAC_SHA256;
  }

  static Optional<FrameFunction> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }

  /** The function as it stands in a file. */
  String inBraces() {
    return "${" + word() + (hasKey() ? ":KEY:…}" : ":…}");
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static byte[] hex(byte[] bytes) {
    return ascii(HexFormat.of().formatHex(bytes));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
