package dev.fanbench.emulator.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One API call that is asked what capacity it consumes, whether its sender wants to know or not: as
 * DynamoDB bills it, so the emulator meters it. The sender's own {@code ReturnConsumedCapacity}
 * comes later in the body and wins, so that a sender who says NONE is not metered.
 */
final class Metered {
  private static final byte[] ASKED =
      "{\"ReturnConsumedCapacity\":\"TOTAL\",".getBytes(StandardCharsets.US_ASCII);

  private Metered() {}

  /** The call as the database sees it. */
  static Request request(Request original) {
    return new Asking(original);
  }

  /** The answer as it is sent; {@code units} is told when it is complete. */
  static Response response(Request request, Response original, DoubleConsumer units) {
    return new Listening(request, original, units);
  }

  /** Puts the question in front of the body's first member. */
  private static final class Asking extends Request.Wrapper {
    private boolean asked;

    Asking(Request original) {
      super(original);
    }

    @Override
    public HttpFields getHeaders() {
      HttpFields headers = super.getHeaders();
      return headers.contains(HttpHeader.CONTENT_LENGTH)
          ? HttpFields.build(headers)
              .put(new HttpField(HttpHeader.CONTENT_LENGTH, String.valueOf(getLength())))
              .asImmutable()
          : headers;
    }

    @Override
    public long getLength() {
      long length = super.getLength();
      return length < 0 ? length : length + ASKED.length - 1;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk chunk = super.read();
      if (asked || chunk == null || Content.Chunk.isFailure(chunk) || !chunk.hasRemaining()) {
        return chunk;
      }
      asked = true;
      ByteBuffer body = chunk.getByteBuffer();
      ByteBuffer longer = ByteBuffer.allocate(ASKED.length + body.remaining() - 1);
      longer.put(ASKED).put(body.slice(body.position() + 1, body.remaining() - 1));
      longer.flip();
      Content.Chunk replaced = Content.Chunk.from(longer, chunk.isLast());
      chunk.release();
      return replaced;
    }
  }

  /** Reads along. */
  private static final class Listening extends Response.Wrapper {
    private final CapacityScanner scanner = new CapacityScanner();
    private final DoubleConsumer units;

    Listening(Request request, Response original, DoubleConsumer units) {
      super(request, original);
      this.units = units;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      if (content != null) {
        scanner.scan(content);
      }
      if (last) {
        units.accept(scanner.units());
      }
      super.write(last, content, callback);
    }
  }
}
