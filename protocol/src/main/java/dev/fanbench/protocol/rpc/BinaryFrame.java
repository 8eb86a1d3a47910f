package dev.fanbench.protocol.rpc;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A binary frame: a flag in its first byte, for requests and responses an id in the next 8, signed
 * and big-endian, and a body that may be empty. A body is neither copied nor changed here.
 */
public sealed interface BinaryFrame {

  /** The bytes after the header. */
  ByteBuffer body();

  /** The whole frame in a buffer of its own, ready to be read. */
  ByteBuffer encode();

  /** Wants a response under the same id. */
  record Request(long id, ByteBuffer body) implements BinaryFrame {
    private static final byte FLAG = 0x01;

    @Override
    public ByteBuffer encode() {
      return numbered(FLAG, id, body);
    }
  }

  /** Answers the request with this id. */
  record Response(long id, ByteBuffer body) implements BinaryFrame {
    private static final byte FLAG = 0x00;

    @Override
    public ByteBuffer encode() {
      return numbered(FLAG, id, body);
    }
  }

  /** A request that wants no response. */
  record Notice(ByteBuffer body) implements BinaryFrame {
    private static final byte FLAG = (byte) 0xff;

    @Override
    public ByteBuffer encode() {
      return ByteBuffer.allocate(1 + body.remaining()).put(FLAG).put(body.duplicate()).flip();
    }
  }

  /**
   * Reads a frame.
   *
   * @param bytes the whole frame; its position stays, and the body shares its memory
   * @return empty if it is malformed: an unknown flag, or too short for an id
   */
  static Optional<BinaryFrame> parse(ByteBuffer bytes) {
    ByteBuffer rest = bytes.slice();
    if (!rest.hasRemaining()) {
      return Optional.empty();
    }
    byte flag = rest.get();
    if (flag == Notice.FLAG) {
      return Optional.of(new Notice(rest.slice()));
    }
    if ((flag != Request.FLAG && flag != Response.FLAG) || rest.remaining() < Long.BYTES) {
      return Optional.empty();
    }
    long id = rest.getLong();
    ByteBuffer body = rest.slice();
    return Optional.of(flag == Request.FLAG ? new Request(id, body) : new Response(id, body));
  }

  private static ByteBuffer numbered(byte flag, long id, ByteBuffer body) {
    return ByteBuffer.allocate(1 + Long.BYTES + body.remaining())
        .put(flag)
        .putLong(id)
        .put(body.duplicate())
        .flip();
  }
}
