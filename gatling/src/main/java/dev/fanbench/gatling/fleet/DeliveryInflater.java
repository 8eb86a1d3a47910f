package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates messages of targets that agreed to permessage-deflate (RFC 7692) without context
 * takeover, so that one inflater serves all connections of a loop. Nothing is allocated for a
 * message. Confined to its loop.
 */
final class DeliveryInflater {
  /** The offer: the one form of the extension that lets a target share deflated frames. */
  static final String OFFER =
      "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

  static final int TOO_LONG = -1;
  static final int BROKEN = -2;

  /** The end of the sender's flush, which its frame leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  /** One message of so many is timed, which costs it two readings of the clock. */
  private static final int SAMPLED = 16;

  private static final int KEPT_SAMPLES = 256;

  private final NanoClock clock;

  /** Times of the latest sampled messages. A median: a loop that lost its core took no longer. */
  private final long[] sampleNanos = new long[KEPT_SAMPLES];

  private long samples;
  private long messages;

  private final Inflater inflater = new Inflater(true);

  /** One byte more than a message may have, to see that one has more. */
  private static final int LONGEST = FrameDecoder.MAX_MESSAGE_BYTES + 1;

  private static final int FIRST_BYTES = 64 * 1024;

  /** Grows to the longest message so far. */
  private byte[] inflated = new byte[FIRST_BYTES];

  DeliveryInflater(NanoClock clock) {
    this.clock = clock;
  }

  /** Whether an answer to {@link #OFFER} agrees to it. */
  static boolean isAgreed(String answer) {
    String said = answer.toLowerCase(Locale.ROOT);
    return said.startsWith("permessage-deflate;")
        && said.contains("server_no_context_takeover")
        && !said.contains(",");
  }

  /** The bytes of the last message, until the next one. */
  byte[] bytes() {
    return inflated;
  }

  /** The cost since the last call. */
  InflateCost takeCost() {
    int kept = (int) Math.min(samples, KEPT_SAMPLES);
    long[] sorted = Arrays.copyOf(sampleNanos, kept);
    Arrays.sort(sorted);
    InflateCost cost = new InflateCost(messages, kept == 0 ? 0 : sorted[kept / 2]);
    samples = 0;
    messages = 0;
    return cost;
  }

  /** Inflates a message; returns its length, or TOO_LONG or BROKEN. */
  int inflate(byte[] deflated, int offset, int length) {
    if (messages++ % SAMPLED != 0) {
      return inflateNow(deflated, offset, length);
    }
    long beganNanos = clock.nanoTime();
    int inflatedLength = inflateNow(deflated, offset, length);
    sampleNanos[(int) (samples++ % KEPT_SAMPLES)] = clock.nanoTime() - beganNanos;
    return inflatedLength;
  }

  private int inflateNow(byte[] deflated, int offset, int length) {
    inflater.reset();
    try {
      inflater.setInput(deflated, offset, length);
      int total = inflateRest(0);
      if (!inflater.finished()) {
        inflater.setInput(TAIL);
        total = inflateRest(total);
      }
      return total == LONGEST ? TOO_LONG : total;
    } catch (DataFormatException broken) {
      return BROKEN;
    }
  }

  /** Inflates what is left of the input behind so many bytes; returns the bytes there are then. */
  private int inflateRest(int already) throws DataFormatException {
    int total = already + inflater.inflate(inflated, already, inflated.length - already);
    while (total == inflated.length && total < LONGEST) {
      inflated = Arrays.copyOf(inflated, Math.min(LONGEST, 2 * inflated.length));
      total += inflater.inflate(inflated, total, inflated.length - total);
    }
    return total;
  }
}
