package dev.fanbench.gatling.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Shows frames to a reader. Stateless. */
public final class FrameText {
  /** The most bytes of a frame that are shown. */
  public static final int SHOWN_BYTES = 200;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private FrameText() {}

  /** A frame as text; its bytes in hexadecimal where they are none. Cut after 200 bytes. */
  public static String shown(byte[] bytes) {
    return shown(bytes, 0, bytes.length);
  }

  /** The same for a part of an array. */
  public static String shown(byte[] bytes, int offset, int length) {
    int cut = Math.min(length, SHOWN_BYTES);
    while (cut < length && cut > 0 && (bytes[offset + cut] & 0xc0) == 0x80) {
      cut--;
    }
    String end = cut < length ? "…" : "";
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, offset, cut))
              .toString();
      if (text.chars().noneMatch(FrameText::isUnreadable)) {
        return visible(text) + end;
      }
    } catch (CharacterCodingException binary) {
      // Shown as bytes below.
    }
    return "hex " + HEX.formatHex(bytes, offset, offset + cut) + end;
  }

  private static boolean isUnreadable(int c) {
    return Character.isISOControl(c) && "\r\n\t\0\u001e".indexOf(c) < 0;
  }

  private static String visible(String text) {
    return text.replace("\r", "\\r")
        .replace("\n", "\\n")
        .replace("\t", "\\t")
        .replace("\0", "\\0")
        .replace("\u001e", "\\x1e");
  }
}
