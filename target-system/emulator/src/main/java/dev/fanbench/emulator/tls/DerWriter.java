package dev.fanbench.emulator.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Values of ASN.1 in the Distinguished Encoding Rules (ITU-T X.690), as far as a certificate needs
 * them. The JDK can read certificates and has no public class that writes one.
 */
final class DerWriter {
  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_ID = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int LONG_LENGTH = 0x80;
  private static final int BYTE = 0xff;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private DerWriter() {}

  /** A value of a tag, from the bytes of its parts. */
  static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < LONG_LENGTH) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int first = digits[0] == 0 ? 1 : 0;
      out.write(LONG_LENGTH | (digits.length - first));
      out.write(digits, first, digits.length - first);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  static byte[] sequence(byte[]... parts) {
    return value(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return value(SET, parts);
  }

  static byte[] integer(BigInteger number) {
    return value(INTEGER, number.toByteArray());
  }

  static byte[] yes() {
    return value(BOOLEAN, new byte[] {(byte) BYTE});
  }

  static byte[] octets(byte[] content) {
    return value(OCTET_STRING, content);
  }

  /**
   * A string of bits.
   *
   * @param unused bits at the end of the last byte that do not count
   */
  static byte[] bits(int unused, byte[] content) {
    return value(BIT_STRING, new byte[] {(byte) unused}, content);
  }

  static byte[] text(String text) {
    return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] time(Instant instant) {
    return value(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** An object identifier such as {@code 2.5.4.3}. */
  static byte[] objectId(String dotted) {
    String[] numbers = dotted.split("\\.", -1);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(numbers[0]) * 40 + Integer.parseInt(numbers[1]));
    for (int i = 2; i < numbers.length; i++) {
      int number = Integer.parseInt(numbers[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (number >> shift > 0) {
          content.write(LONG_LENGTH | (number >> shift & 0x7f));
        }
      }
      content.write(number & 0x7f);
    }
    return value(OBJECT_ID, content.toByteArray());
  }
}
