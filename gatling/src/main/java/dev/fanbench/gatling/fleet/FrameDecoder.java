package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameText;

/**
 * Cuts a server's byte stream into WebSocket messages (RFC 6455 §5), without garbage. Nearly every
 * frame lies whole in the bytes read and is handed on in place. Incomplete frames and fragments are
 * copied to an array of this decoder.
 *
 * <p>One decoder per connection; confined to the connection's event loop.
 */
final class FrameDecoder {
  /** Longest message accepted: eight times the largest any target may send. */
  static final int MAX_MESSAGE_BYTES = 16 << 20;

  static final int NO_CLOSE_CODE = 1005;
  static final int PROTOCOL_ERROR = 1002;
  static final int BROKEN_PAYLOAD = 1007;
  static final int TOO_BIG = 1009;

  private static final int CONTINUATION = 0;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;

  /** The reserved bit that says "deflated" where that was agreed. */
  private static final int DEFLATED = 0x40;

  private static final int MASKED = 0x80;
  private static final int MAX_CONTROL_BYTES = 125;
  private static final int NOT_YET = -1;
  private static final int INVALID = -2;

  /** An array over this size is given back after use, so that one long message costs no memory. */
  private static final int KEPT_BYTES = 4096;

  private static final byte[] NONE = {};

  /** The beginning of a frame whose end has not been read. */
  private byte[] partial = NONE;

  private int partialLength;

  /** The fragments so far of a message, and its opcode; CONTINUATION when there is none. */
  private byte[] message = NONE;

  private int messageLength;
  private int messageOpcode = CONTINUATION;
  private boolean messageDeflated;

  /** The inflater; null unless permessage-deflate was agreed. */
  private DeliveryInflater inflation;

  private boolean finished;

  /** The target may send deflated messages from here on. */
  void inflateBy(DeliveryInflater agreed) {
    inflation = agreed;
  }

  /** Decodes {@code bytes[from, to)}, in order after everything decoded before. */
  void decode(byte[] bytes, int from, int to, FrameSink sink) {
    int at = from;
    while (partialLength > 0 && at < to && !finished) {
      at += completePartial(bytes, at, to, sink);
    }
    while (at < to && !finished) {
      int length = frameLength(bytes, at, to - at, sink);
      if (length == INVALID) {
        return;
      }
      if (length == NOT_YET || length > to - at) {
        partial = room(partial, 0, to - at);
        System.arraycopy(bytes, at, partial, 0, to - at);
        partialLength = to - at;
        return;
      }
      frame(bytes, at, length, sink);
      at += length;
    }
  }

  /** True once a close frame or a violation has been seen. */
  boolean finished() {
    return finished;
  }

  /** Moves bytes to the incomplete frame, as many as it is known to need; returns how many. */
  private int completePartial(byte[] bytes, int at, int to, FrameSink sink) {
    int length = frameLength(partial, 0, partialLength, sink);
    if (length == INVALID) {
      return 0;
    }
    int wanted = length == NOT_YET ? 1 : length - partialLength;
    int taken = Math.min(wanted, to - at);
    partial = room(partial, partialLength, length == NOT_YET ? partialLength + 1 : length);
    System.arraycopy(bytes, at, partial, partialLength, taken);
    partialLength += taken;
    length = frameLength(partial, 0, partialLength, sink);
    if (length == partialLength) {
      partialLength = 0;
      frame(partial, 0, length, sink);
      if (partial.length > KEPT_BYTES) {
        partial = NONE;
      }
    }
    return taken;
  }

  /** Length of the frame at {@code at}, header included; or NOT_YET, or INVALID (and reported). */
  private int frameLength(byte[] bytes, int at, int available, FrameSink sink) {
    if (available < 2) {
      return NOT_YET;
    }
    int second = bytes[at + 1] & 0xff;
    if ((bytes[at] & RESERVED) != 0 && !beginsDeflated(bytes[at])) {
      return violation(sink, PROTOCOL_ERROR, "a reserved bit is set");
    }
    if ((second & MASKED) != 0) {
      return violation(sink, PROTOCOL_ERROR, "a frame from the server is masked");
    }
    int header = headerLength(second);
    if (available < header) {
      return NOT_YET;
    }
    long payload = second;
    if (header > 2) {
      payload = 0;
      for (int i = 2; i < header; i++) {
        payload = (payload << 8) | (bytes[at + i] & 0xff);
      }
    }
    if (payload < 0 || payload > MAX_MESSAGE_BYTES) {
      return violation(
          sink, TOO_BIG, "a frame of " + Long.toUnsignedString(payload) + " bytes, over the limit");
    }
    return header + (int) payload;
  }

  private boolean beginsDeflated(byte first) {
    int opcode = first & 0x0f;
    return inflation != null
        && (first & RESERVED) == DEFLATED
        && (opcode == TEXT || opcode == BINARY);
  }

  private static int headerLength(int second) {
    return switch (second & 0x7f) {
      case 126 -> 4;
      case 127 -> 10;
      default -> 2;
    };
  }

  private void frame(byte[] bytes, int at, int length, FrameSink sink) {
    int header = headerLength(bytes[at + 1] & 0xff);
    int payload = at + header;
    int payloadLength = length - header;
    boolean last = (bytes[at] & FIN) != 0;
    boolean deflated = (bytes[at] & DEFLATED) != 0;
    int opcode = bytes[at] & 0x0f;
    if (last && opcode == TEXT && messageOpcode == CONTINUATION && !deflated) {
      sink.message(bytes, payload, payloadLength);
    } else if (opcode >= CLOSE) {
      control(opcode, last, bytes, payload, payloadLength, sink);
    } else {
      messageDeflated |= deflated;
      data(opcode, last, bytes, payload, payloadLength, sink);
    }
  }

  private void control(
      int opcode, boolean last, byte[] bytes, int offset, int length, FrameSink sink) {
    if (!last || length > MAX_CONTROL_BYTES) {
      violation(sink, PROTOCOL_ERROR, "a control frame is fragmented or over 125 bytes");
      return;
    }
    switch (opcode) {
      case PING -> sink.ping(bytes, offset, length);
      case PONG -> sink.pong(bytes, offset, length);
      case CLOSE -> close(bytes, offset, length, sink);
      default -> violation(sink, PROTOCOL_ERROR, "unknown opcode " + opcode);
    }
  }

  private void close(byte[] bytes, int offset, int length, FrameSink sink) {
    if (length == 1) {
      violation(sink, PROTOCOL_ERROR, "a close frame holds half a close code");
      return;
    }
    finished = true;
    int code =
        length == 0 ? NO_CLOSE_CODE : ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    sink.close(code, length <= 2 ? "" : FrameText.shown(bytes, offset + 2, length - 2));
  }

  private void data(
      int opcode, boolean last, byte[] bytes, int offset, int length, FrameSink sink) {
    if (opcode > BINARY) {
      violation(sink, PROTOCOL_ERROR, "unknown opcode " + opcode);
    } else if (opcode == CONTINUATION && messageOpcode == CONTINUATION) {
      violation(sink, PROTOCOL_ERROR, "a continuation of nothing");
    } else if (opcode != CONTINUATION && messageOpcode != CONTINUATION) {
      violation(sink, PROTOCOL_ERROR, "a new message before the end of a fragmented one");
    } else if (last && opcode != CONTINUATION) {
      whole(bytes, offset, length, sink);
    } else if (messageLength + length > MAX_MESSAGE_BYTES) {
      violation(sink, TOO_BIG, "a fragmented message over the limit");
    } else {
      fragment(opcode, last, bytes, offset, length, sink);
    }
  }

  private void fragment(
      int opcode, boolean last, byte[] bytes, int offset, int length, FrameSink sink) {
    message = room(message, messageLength, messageLength + length);
    System.arraycopy(bytes, offset, message, messageLength, length);
    messageLength += length;
    if (opcode != CONTINUATION) {
      messageOpcode = opcode;
    }
    if (last) {
      int wholeLength = messageLength;
      messageOpcode = CONTINUATION;
      messageLength = 0;
      whole(message, 0, wholeLength, sink);
      if (message.length > KEPT_BYTES) {
        message = NONE;
      }
    }
  }

  private void whole(byte[] bytes, int offset, int length, FrameSink sink) {
    if (messageDeflated) {
      messageDeflated = false;
      int inflated = inflation.inflate(bytes, offset, length);
      if (inflated == DeliveryInflater.TOO_LONG) {
        violation(sink, TOO_BIG, "a deflated message over the limit");
      } else if (inflated == DeliveryInflater.BROKEN) {
        violation(sink, BROKEN_PAYLOAD, "a message that cannot be inflated");
      } else {
        whole(inflation.bytes(), 0, inflated, sink);
      }
    } else {
      sink.message(bytes, offset, length);
    }
  }

  private int violation(FrameSink sink, int code, String what) {
    if (!finished) {
      finished = true;
      sink.violation(code, what);
    }
    return INVALID;
  }

  /** An array of at least {@code wanted} bytes that begins with the first {@code kept} of these. */
  private static byte[] room(byte[] bytes, int kept, int wanted) {
    if (bytes.length >= wanted) {
      return bytes;
    }
    byte[] larger = new byte[Math.max(Integer.highestOneBit(wanted) << 1, 128)];
    System.arraycopy(bytes, 0, larger, 0, kept);
    return larger;
  }
}
