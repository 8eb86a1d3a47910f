package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reads the responses of one connection, in parts of any size. Bodies end by {@code
 * Content-Length}, by chunks, or with the connection (RFC 9112, section 6.3).
 *
 * <p>It is strict where two readers could disagree on where a response ends: lengths that differ,
 * that are no numbers, or that come together with chunks.
 */
final class ResponseParser {
  /** The most bytes of a head, of a trailer, or of the line before a chunk. */
  static final int HEAD_BYTES = 65_536;

  private static final int SWITCHING = 101;
  private static final int FIRST_FINAL = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int RADIX = 16;
  private static final int CHUNK_DIGITS = 15;

  /** Receives a response. A call may end the response, which {@link #isOver} then tells. */
  interface Sink {
    void head(SdkHttpResponse head);

    void data(ByteBuffer bytes);

    /**
     * The response is complete.
     *
     * @param reusable whether the connection stands at the beginning of the next response
     */
    void end(boolean reusable);

    boolean isOver();
  }

  /** The part of a response that comes next. */
  private enum Part {
    STATUS,
    HEADERS,
    FIXED,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS,
    UNTIL_CLOSE
  }

  private final Sink sink;
  private final StringBuilder partial = new StringBuilder();
  private Part part = Part.STATUS;
  private ResponseHead head;
  private boolean toHead;
  private boolean reusable;
  private long left;
  private int lineBytes;

  ResponseParser(Sink sink) {
    this.sink = sink;
  }

  /**
   * A request was sent.
   *
   * @param isHead whether its response has no body whatever its headers say
   */
  void begin(boolean isHead) {
    part = Part.STATUS;
    partial.setLength(0);
    lineBytes = 0;
    toHead = isHead;
  }

  /** Reads the next bytes up to the end of the response. */
  void read(ByteBuf in) throws MalformedResponseException {
    while (!sink.isOver() && in.isReadable()) {
      switch (part) {
        case FIXED, CHUNK, UNTIL_CLOSE -> data(in);
        default -> {
          String line = line(in);
          if (line == null) {
            return;
          }
          line(line, in);
        }
      }
    }
  }

  /**
   * The connection has ended.
   *
   * @return whether that was the end of the response
   */
  boolean endOfStream() {
    if (part != Part.UNTIL_CLOSE) {
      return false;
    }
    sink.end(false);
    return true;
  }

  /** The next line without its end, or {@code null} if its end has not arrived. */
  private String line(ByteBuf in) throws MalformedResponseException {
    int bytes = in.bytesBefore((byte) '\n');
    int taken = bytes < 0 ? in.readableBytes() : bytes + 1;
    lineBytes += taken;
    if (lineBytes > HEAD_BYTES) {
      throw new MalformedResponseException(
          "the head of the response is longer than %d bytes".formatted(HEAD_BYTES));
    }
    String text = in.readCharSequence(bytes < 0 ? taken : bytes, ISO_8859_1).toString();
    if (bytes < 0) {
      partial.append(text);
      return null;
    }
    in.skipBytes(1);
    if (partial.length() > 0) {
      text = partial.append(text).toString();
      partial.setLength(0);
    }
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private void line(String line, ByteBuf in) throws MalformedResponseException {
    switch (part) {
      case STATUS -> {
        // An empty line before a response is tolerated.
        if (!line.isEmpty()) {
          head = new ResponseHead(line);
          part = Part.HEADERS;
        }
      }
      case HEADERS -> {
        if (line.isEmpty()) {
          headEnds(in);
        } else {
          head.add(line);
        }
      }
      case CHUNK_SIZE -> chunk(line);
      case CHUNK_END -> {
        if (!line.isEmpty()) {
          throw new MalformedResponseException("a chunk is longer than its size");
        }
        lineBytes = 0;
        part = Part.CHUNK_SIZE;
      }
      default -> {
        if (line.isEmpty()) {
          end(in);
        }
      }
    }
  }

  private void headEnds(ByteBuf in) throws MalformedResponseException {
    lineBytes = 0;
    int status = head.status();
    if (status < FIRST_FINAL) {
      if (status == SWITCHING) {
        throw new MalformedResponseException("101 answers a request that asked for no upgrade");
      }
      part = Part.STATUS;
      return;
    }
    reusable = head.keepsOpen();
    boolean bodiless = toHead || status == NO_CONTENT || status == NOT_MODIFIED;
    left = bodiless ? 0 : head.length();
    if (left == ResponseHead.UNKNOWN) {
      part = Part.UNTIL_CLOSE;
    } else if (left == ResponseHead.CHUNKED) {
      part = Part.CHUNK_SIZE;
    } else {
      part = Part.FIXED;
    }
    sink.head(head.response());
    if (part == Part.FIXED && left == 0 && !sink.isOver()) {
      end(in);
    }
  }

  private void data(ByteBuf in) {
    int bytes = in.readableBytes();
    if (part != Part.UNTIL_CLOSE) {
      bytes = (int) Math.min(bytes, left);
      left -= bytes;
    }
    byte[] copy = new byte[bytes];
    in.readBytes(copy);
    sink.data(ByteBuffer.wrap(copy));
    if (left == 0 && !sink.isOver()) {
      if (part == Part.FIXED) {
        end(in);
      } else if (part == Part.CHUNK) {
        part = Part.CHUNK_END;
      }
    }
  }

  private void chunk(String line) throws MalformedResponseException {
    int extension = line.indexOf(';');
    String size = (extension < 0 ? line : line.substring(0, extension)).trim();
    if (size.isEmpty()
        || size.length() > CHUNK_DIGITS
        || !size.chars().allMatch(each -> each < 128 && Character.digit(each, RADIX) >= 0)) {
      throw new MalformedResponseException("a chunk has no size");
    }
    lineBytes = 0;
    left = Long.parseLong(size, RADIX);
    part = left == 0 ? Part.TRAILERS : Part.CHUNK;
  }

  private void end(ByteBuf in) {
    part = Part.STATUS;
    lineBytes = 0;
    sink.end(reusable && !in.isReadable());
  }
}
