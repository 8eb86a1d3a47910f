package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.stamp.Stamp;
import java.nio.charset.StandardCharsets;

/**
 * The text of one publisher's publications, all but sequence and intended time written beforehand,
 * so that sending one costs no garbage. Immutable; any number of clients may share it.
 */
public final class StampedText {
  private static final int ID_DIGITS = 10;
  private static final int NO_ID = -1;

  private final int publisher;
  private final byte[] template;
  private final int stampAt;
  private final int idAt;

  private StampedText(int publisher, byte[] template, int stampAt, int idAt) {
    this.publisher = publisher;
    this.template = template;
    this.stampAt = stampAt;
    this.idAt = idAt;
  }

  /**
   * Chat text: the stamp and padding.
   *
   * @param publisher unique within a run
   * @param payloadBytes length of the text, at least {@link Stamp#BYTES}
   */
  public static StampedText chat(int publisher, int payloadBytes) {
    return new StampedText(publisher, payload(publisher, payloadBytes), 0, NO_ID);
  }

  /**
   * A request that the target answers with the same body: {@code
   * {"action":"rpc","id":"0000000007","body":"<stamp and padding>"}}. The id is the sequence.
   *
   * @param publisher unique within a run
   * @param payloadBytes length of the body, at least {@link Stamp#BYTES}
   */
  public static StampedText rpc(int publisher, int payloadBytes) {
    String beforeId = "{\"action\":\"rpc\",\"id\":\"";
    String beforeBody = beforeId + "0".repeat(ID_DIGITS) + "\",\"body\":\"";
    String body = new String(payload(publisher, payloadBytes), StandardCharsets.US_ASCII);
    byte[] template = (beforeBody + body + "\"}").getBytes(StandardCharsets.US_ASCII);
    return new StampedText(publisher, template, beforeBody.length(), beforeId.length());
  }

  private static byte[] payload(int publisher, int payloadBytes) {
    // writePayload would fail on its own for a negative length, but with a worse sentence.
    byte[] payload = new byte[Math.max(0, payloadBytes)];
    Stamp.writePayload(payload, 0, payloadBytes, publisher, 0, 0);
    return payload;
  }

  /** Number in this publisher's stamps. */
  public int publisher() {
    return publisher;
  }

  /** Length of each text. */
  public int length() {
    return template.length;
  }

  /** Writes one publication's text, {@link #length()} bytes, to the beginning of {@code into}. */
  void write(byte[] into, int sequence, long intendedAtNanos) {
    System.arraycopy(template, 0, into, 0, template.length);
    Stamp.write(into, stampAt, publisher, sequence, intendedAtNanos);
    if (idAt != NO_ID) {
      int rest = sequence;
      for (int i = idAt + ID_DIGITS - 1; rest > 0; i--) {
        into[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
    }
  }
}
