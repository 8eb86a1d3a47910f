package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.FrameSource;
import dev.fanbench.gatling.dialect.FrameTemplate;
import dev.fanbench.gatling.dialect.HttpRequestSource;
import dev.fanbench.measurement.stamp.Stamp;
import dev.fanbench.measurement.stamp.StampReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The frame of one publisher's publications. All of it but sequence and intended time is written
 * beforehand where the dialect allows that, so that sending one costs no garbage. Immutable.
 */
public final class StampedText {
  /** The number of an arrival in a frame is its index and this, so that it has ten digits. */
  private static final long NUMBER_OFFSET = 1_000_000_000;

  private static final int NUMBER_DIGITS = 10;

  /** An arrival whose number differs from the first one's in most of its digits. */
  private static final int OTHER_SEQUENCE = 123_456_789;

  private static final FrameSource TEXT_ALONE = FrameTemplate.text("${text}");

  private final int publisher;
  private final int payloadBytes;
  private final FrameSource source;
  private final FrameContext values;

  /** Null when each frame has to be composed anew. */
  private final byte[] template;

  private final int[] stampsAt;
  private final int[] numbersAt;

  private StampedText(int publisher, int payloadBytes, FrameSource source, FrameContext values) {
    this.publisher = publisher;
    this.payloadBytes = payloadBytes;
    this.source = source;
    this.values = values;
    byte[] first = compose(0, 0);
    byte[] other = compose(OTHER_SEQUENCE, OTHER_SEQUENCE);
    this.stampsAt = stampsAt(first);
    this.numbersAt = first.length == other.length ? numbersAt(first, other) : new int[0];
    write(first, OTHER_SEQUENCE, OTHER_SEQUENCE, stampsAt, numbersAt);
    this.template = Arrays.equals(first, other) && !source.changesWithTime() ? first : null;
  }

  /**
   * Publications of a dialect.
   *
   * @param source composes them
   * @param values of the client that publishes
   * @param publisher unique within a run
   * @param payloadBytes length of the text, at least {@link Stamp#BYTES}
   */
  static StampedText of(FrameSource source, FrameContext values, int publisher, int payloadBytes) {
    return new StampedText(publisher, payloadBytes, source, values);
  }

  /**
   * The stamp and padding, without anything around.
   *
   * @param publisher unique within a run
   * @param payloadBytes length of the text, at least {@link Stamp#BYTES}
   */
  public static StampedText chat(int publisher, int payloadBytes) {
    return of(TEXT_ALONE, FrameContext.of(0, "", "", 0), publisher, payloadBytes);
  }

  private byte[] compose(int sequence, long intendedAtNanos) {
    // writePayload would fail on its own for a negative length, but with a worse sentence.
    byte[] payload = new byte[Math.max(0, payloadBytes)];
    Stamp.writePayload(payload, 0, payloadBytes, publisher, sequence, intendedAtNanos);
    return source.bytes(
        values
            .withText(new String(payload, StandardCharsets.US_ASCII))
            .withNumber(NUMBER_OFFSET + sequence));
  }

  private static int[] stampsAt(byte[] frame) {
    List<Integer> found = new ArrayList<>();
    StampReader stamp = new StampReader();
    for (int end = stamp.find(frame, 0, frame.length);
        end >= 0;
        end = stamp.find(frame, end, frame.length)) {
      found.add(end - Stamp.BYTES);
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The indexes at which one frame has the number of the first arrival and the other that of
   * another one.
   */
  private static int[] numbersAt(byte[] first, byte[] other) {
    byte[] one = digits(0);
    byte[] two = digits(OTHER_SEQUENCE);
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + NUMBER_DIGITS <= first.length; at++) {
      if (Arrays.equals(first, at, at + NUMBER_DIGITS, one, 0, NUMBER_DIGITS)
          && Arrays.equals(other, at, at + NUMBER_DIGITS, two, 0, NUMBER_DIGITS)) {
        found.add(at);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] digits(int sequence) {
    return Long.toString(NUMBER_OFFSET + sequence).getBytes(StandardCharsets.US_ASCII);
  }

  /** Number in this publisher's stamps. */
  public int publisher() {
    return publisher;
  }

  /** Whether it goes out as a binary frame. */
  boolean binary() {
    return source.binary();
  }

  /** Whether it is an HTTP request and no frame. */
  boolean isHttp() {
    return source instanceof HttpRequestSource;
  }

  /** Whether {@link #length} and {@link #write} can be used. */
  boolean isFixed() {
    return template != null;
  }

  /** Length of each frame of a fixed text. */
  public int length() {
    return template.length;
  }

  /** Writes one publication of a fixed text to the beginning of {@code into}. */
  void write(byte[] into, int sequence, long intendedAtNanos) {
    System.arraycopy(template, 0, into, 0, template.length);
    write(into, sequence, intendedAtNanos, stampsAt, numbersAt);
  }

  /** Composes one publication of a text that is not fixed. */
  byte[] composed(int sequence, long intendedAtNanos) {
    return compose(sequence, intendedAtNanos);
  }

  private void write(byte[] into, int sequence, long intendedAtNanos, int[] stamps, int[] numbers) {
    for (int at : stamps) {
      Stamp.write(into, at, publisher, sequence, intendedAtNanos);
    }
    for (int at : numbers) {
      long rest = NUMBER_OFFSET + sequence;
      for (int i = at + NUMBER_DIGITS - 1; i >= at; i--) {
        into[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }
}
