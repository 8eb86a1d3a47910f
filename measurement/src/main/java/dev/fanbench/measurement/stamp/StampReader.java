package dev.fanbench.measurement.stamp;

/**
 * Finds and reads a stamp anywhere in a frame. A reusable cursor: {@link #read} moves it, the
 * getters answer for the stamp last found. It allocates nothing and looks at each byte once, but
 * for frames that contain broken stamps.
 *
 * <p>Not thread-safe; each event loop has its own.
 */
public final class StampReader {

  private int publisher;
  private int sequence;
  private long intendedAtNanos;
  private boolean valid;

  /** Index of a stamp that is not there. */
  public static final int NONE = -1;

  /**
   * Looks for the first whole stamp.
   *
   * @return false when there is none, which makes the frame something other than a delivery; the
   *     getters then keep their old values
   * @throws IndexOutOfBoundsException when the range is not inside the array
   */
  public boolean read(byte[] bytes, int offset, int length) {
    return find(bytes, offset, offset + length) != NONE;
  }

  /**
   * Looks for the first whole stamp in {@code bytes[from, to)}.
   *
   * @return the index behind it, or {@link #NONE}; the getters then keep their old values
   * @throws IndexOutOfBoundsException when the range is not inside the array
   */
  public int find(byte[] bytes, int from, int to) {
    int last = to - Stamp.BYTES;
    for (int at = from; at <= last; at++) {
      if (bytes[at] == 'f' && framed(bytes, at) && parse(bytes, at)) {
        return at + Stamp.BYTES;
      }
    }
    return NONE;
  }

  /** Number of the publisher, unique within a run. */
  public int publisher() {
    return publisher;
  }

  /** Index of the arrival in its phase. */
  public int sequence() {
    return sequence;
  }

  /** The time at which the schedule said to send, in nanoseconds since the run's epoch. */
  public long intendedAtNanos() {
    return intendedAtNanos;
  }

  private static boolean framed(byte[] bytes, int at) {
    return bytes[at + 1] == 'b'
        && bytes[at + 2] == '1'
        && bytes[at + 3] == ':'
        && bytes[at + Stamp.SEQUENCE_AT - 1] == ':'
        && bytes[at + Stamp.INTENDED_AT - 1] == ':'
        && bytes[at + Stamp.BYTES - 1] == ':';
  }

  private boolean parse(byte[] bytes, int at) {
    valid = true;
    long foundPublisher = hex(bytes, at + Stamp.PUBLISHER_AT, 8);
    long foundSequence = hex(bytes, at + Stamp.SEQUENCE_AT, 8);
    long foundIntended = hex(bytes, at + Stamp.INTENDED_AT, 16);
    if (valid) {
      publisher = (int) foundPublisher;
      sequence = (int) foundSequence;
      intendedAtNanos = foundIntended;
    }
    return valid;
  }

  private long hex(byte[] bytes, int from, int digits) {
    long value = 0;
    for (int i = from; i < from + digits; i++) {
      int c = bytes[i];
      int digit;
      if (c >= '0' && c <= '9') {
        digit = c - '0';
      } else if (c >= 'a' && c <= 'f') {
        digit = c - 'a' + 10;
      } else {
        valid = false;
        return 0;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
