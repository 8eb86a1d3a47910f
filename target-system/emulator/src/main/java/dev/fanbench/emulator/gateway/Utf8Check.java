package dev.fanbench.emulator.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Tells whether bytes are UTF-8, eight at a time as long as they are ASCII. */
final class Utf8Check {
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8Check() {}

  static boolean isUtf8(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at + Long.BYTES <= end && (bytes.getLong(at) & NOT_ASCII) == 0) {
      at += Long.BYTES;
    }
    return at == end || ByteBufUtil.isText(bytes, at, end - at, UTF_8);
  }
}
