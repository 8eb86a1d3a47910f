package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.fanbench.protocol.contract.RawSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * One handshake that is sent, the answers that are allowed, and the end of its connection.
 *
 * @param number makes it again
 * @param segments sent one after the other, each in a TCP segment of its own
 * @param expected the answers that are allowed
 * @param waits whether the request is not complete, so that a server may wait for more of it
 * @param ending what the client does then
 */
record HandshakeTrial(
    int number,
    List<byte[]> segments,
    ExpectedAnswer expected,
    boolean waits,
    HandshakeTrial.Ending ending) {
  /** A close frame with 1000. */
  static final byte[] CLOSE = RawSocket.encode(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xe8});

  private static final int MOST_CUTS = 4;
  private static final int MOST_SHOWN = 600;

  /** Ends of a connection. A server that refused has to end it in any case. */
  enum Ending {
    /** Kept open until the end of its round. */
    KEEP,

    /** A close frame, and the server's end of the stream is awaited. */
    CLOSE_FRAME,

    /** The client's end of the stream, and the server's is awaited. */
    HALF_CLOSE,

    /** The socket is closed after the answer. */
    CLOSE,

    /** The socket is reset after the answer. */
    RESET,

    /** The socket is closed before there is an answer. */
    ABANDON,

    /** The socket is reset before there is an answer. */
    ABANDON_BY_RESET,

    /** The server's end of the stream is awaited. */
    AWAIT_END;

    /** Whether the client does not read an answer. */
    boolean isEarly() {
      return this == ABANDON || this == ABANDON_BY_RESET;
    }

    /** Whether the client ends by a reset. */
    boolean isReset() {
      return this == RESET || this == ABANDON_BY_RESET;
    }
  }

  /** Cuts bytes at up to four random places. */
  static List<byte[]> split(byte[] bytes, Random random) {
    List<byte[]> segments = new ArrayList<>();
    int start = 0;
    for (int cuts = random.nextInt(MOST_CUTS + 1); cuts > 0 && start < bytes.length; cuts--) {
      int end = start + random.nextInt(bytes.length - start) + 1;
      segments.add(Arrays.copyOfRange(bytes, start, end));
      start = end;
    }
    if (start < bytes.length) {
      segments.add(Arrays.copyOfRange(bytes, start, bytes.length));
    }
    return segments;
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** For the message of a failure. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(new String(segment, ISO_8859_1)).append('\u00a6'));
    String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text + "";
    return "handshake %d, %s, then %s: %s"
        .formatted(number, expected, ending, shown.replace("\r", "\\r").replace("\n", "\\n"));
  }
}
