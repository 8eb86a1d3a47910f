package dev.fanbench.measurement.stamp;

import java.util.Arrays;

/**
 * Writes stamps: {@value #BYTES} bytes of ASCII that survive any text protocol and any JSON
 * escaping.
 *
 * <pre>
 * fb1:0000002a:00000007:000000012a05f200:
 * └┬┘ └──┬───┘ └──┬───┘ └──────┬───────┘
 * mark publisher sequence  intended time, nanoseconds since the run's epoch
 * </pre>
 *
 * All numbers are lower-case hexadecimal of fixed width, two's complement. Nothing here allocates;
 * {@link StampReader} reads what this writes.
 */
public final class Stamp {

  /** Length of every stamp. */
  public static final int BYTES = 39;

  /** The byte that fills a payload behind its stamp. */
  public static final byte PADDING = '.';

  static final int PUBLISHER_AT = 4;
  static final int SEQUENCE_AT = 13;
  static final int INTENDED_AT = 22;

  private Stamp() {}

  /**
   * Writes a stamp at {@code offset}.
   *
   * @throws IndexOutOfBoundsException when fewer than {@value #BYTES} bytes remain; then nothing
   *     useful has been written
   */
  public static void write(
      byte[] into, int offset, int publisher, int sequence, long intendedAtNanos) {
    into[offset] = 'f';
    into[offset + 1] = 'b';
    into[offset + 2] = '1';
    into[offset + 3] = ':';
    hex(into, offset + PUBLISHER_AT, 8, publisher);
    into[offset + SEQUENCE_AT - 1] = ':';
    hex(into, offset + SEQUENCE_AT, 8, sequence);
    into[offset + INTENDED_AT - 1] = ':';
    hex(into, offset + INTENDED_AT, 16, intendedAtNanos);
    into[offset + BYTES - 1] = ':';
  }

  /**
   * Fills {@code payloadBytes} bytes from {@code offset}: a stamp, then padding.
   *
   * @throws IllegalArgumentException when the payload is shorter than a stamp
   */
  public static void writePayload(
      byte[] into,
      int offset,
      int payloadBytes,
      int publisher,
      int sequence,
      long intendedAtNanos) {
    if (payloadBytes < BYTES) {
      throw new IllegalArgumentException(
          "payloadBytes=" + payloadBytes + " is not allowed, must be " + BYTES + " or more");
    }
    write(into, offset, publisher, sequence, intendedAtNanos);
    Arrays.fill(into, offset + BYTES, offset + payloadBytes, PADDING);
  }

  private static void hex(byte[] into, int offset, int digits, long value) {
    long rest = value;
    for (int i = offset + digits - 1; i >= offset; i--) {
      int digit = (int) (rest & 0xF);
      into[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest >>>= 4;
    }
  }
}
