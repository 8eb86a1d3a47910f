package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.protocol.contract.RawSocket.Received;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client's side of permessage-deflate: what it deflates refers to what it deflated before. */
final class DeflateText implements AutoCloseable {
  private static final int TAIL_BYTES = 4;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Inflater inflater = new Inflater(true);

  byte[] deflated(String text) {
    return deflated(text.getBytes(UTF_8));
  }

  byte[] deflated(byte[] message) {
    deflater.setInput(message);
    byte[] room = new byte[message.length + message.length / 8 + 64];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(room, length - TAIL_BYTES);
  }

  /** The text of a frame, deflated or not. */
  String text(Received frame) throws DataFormatException {
    if (!frame.isDeflated()) {
      return frame.text();
    }
    byte[] bytes = frame.payload().array();
    byte[] whole = Arrays.copyOf(bytes, bytes.length + TAIL_BYTES);
    whole[bytes.length + 2] = (byte) 0xff;
    whole[bytes.length + 3] = (byte) 0xff;
    inflater.setInput(whole);
    byte[] room = new byte[256 * 1024];
    return new String(room, 0, inflater.inflate(room), UTF_8);
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }
}
