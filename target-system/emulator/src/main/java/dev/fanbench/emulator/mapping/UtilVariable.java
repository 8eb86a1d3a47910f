package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.json.JsonTree;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/** {@code $util}. */
enum UtilVariable {
  UTIL;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /**
   * {@code $util.escapeJavaScript(text)}: the inside of a JavaScript string. A single quote becomes
   * {@code \'}, which JSON does not know: templates for JSON append {@code .replaceAll("\\'","'")}.
   */
  String escapeJavaScript(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i), out);
    }
    return out.toString();
  }

  /** {@code $util.parseJson(text)}: the tree of a JSON text. */
  Object parseJson(String text) {
    try {
      return JsonTree.read(text);
    } catch (IOException broken) {
      throw new MappingException("parseJson: the text is no JSON", broken);
    }
  }

  /** {@code $util.urlEncode(text)}: as in a form, with {@code +} for a blank. */
  String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** {@code $util.urlDecode(text)}: the text behind one that is encoded as in a form. */
  String urlDecode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** {@code $util.base64Encode(text)}: its UTF-8 in base 64. */
  String base64Encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** {@code $util.base64Decode(text)}: the UTF-8 text behind base 64. */
  String base64Decode(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static void escape(char next, StringBuilder out) {
    switch (next) {
      case '"', '\'', '\\', '/' -> out.append('\\').append(next);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        if (next < ' ' || next > '~') {
          out.append("\\u").append(HEX.toHexDigits(next));
        } else {
          out.append(next);
        }
      }
    }
  }
}
