package dev.fanbench.emulator.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One API call that is asked what capacity it consumes, whether its sender wants to know or not: as
 * DynamoDB bills it, so the emulator meters it. The sender's own {@code ReturnConsumedCapacity}
 * comes later in the body and wins, so that a sender who says NONE is not metered.
 */
final class MeteredCall {
  private static final byte[] ASKED =
      "\"ReturnConsumedCapacity\":\"TOTAL\"".getBytes(StandardCharsets.US_ASCII);

  private static final String WHITE_SPACE = " \t\r\n";

  private MeteredCall() {}

  /**
   * The call as the database sees it.
   *
   * @param body of the original, which is read already
   */
  static Request request(Request original, ByteBuffer body) {
    return new Asking(original, body);
  }

  /**
   * The answer as it is sent.
   *
   * @param units told when it is complete
   * @param refused told what it says when it is a refusal
   */
  static Response response(
      Request request, Response original, DoubleConsumer units, Consumer<String> refused) {
    return new Listening(request, original, units, refused);
  }

  /** Has the question in front of the body's first member. */
  private static final class Asking extends Request.Wrapper {
    private final int length;
    private Content.Chunk next;

    Asking(Request original, ByteBuffer body) {
      super(original);
      ByteBuffer sent = asking(body.slice());
      length = sent.remaining();
      next = Content.Chunk.from(sent, true);
    }

    private static ByteBuffer asking(ByteBuffer body) {
      int first = textAt(body, 0);
      if (first == body.limit() || body.get(first) != '{') {
        // The database refuses it in its own words.
        return body;
      }
      int members = first + 1;
      int member = textAt(body, members);
      boolean empty = member < body.limit() && body.get(member) == '}';
      ByteBuffer longer = ByteBuffer.allocate(body.limit() + ASKED.length + 1);
      longer.put(body.slice(0, members)).put(ASKED);
      if (!empty) {
        longer.put((byte) ',');
      }
      return longer.put(body.slice(members, body.limit() - members)).flip();
    }

    /** The place of the first byte that is no white space of JSON; the end if there is none. */
    private static int textAt(ByteBuffer body, int from) {
      int at = from;
      while (at < body.limit() && WHITE_SPACE.indexOf(body.get(at)) >= 0) {
        at++;
      }
      return at;
    }

    @Override
    public HttpFields getHeaders() {
      return HttpFields.build(super.getHeaders())
          .put(new HttpField(HttpHeader.CONTENT_LENGTH, String.valueOf(length)))
          .asImmutable();
    }

    @Override
    public long getLength() {
      return length;
    }

    @Override
    public Content.Chunk read() {
      Content.Chunk whole = next;
      next = Content.Chunk.EOF;
      return whole;
    }

    @Override
    public void demand(Runnable demandCallback) {
      // Everything is here.
      demandCallback.run();
    }
  }

  /** Reads along. */
  private static final class Listening extends Response.Wrapper {
    private final CapacityScanner scanner = new CapacityScanner();
    private final DoubleConsumer units;
    private final Consumer<String> refused;

    Listening(Request request, Response original, DoubleConsumer units, Consumer<String> refused) {
      super(request, original);
      this.units = units;
      this.refused = refused;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
      if (content != null) {
        scanner.scan(content);
        if (getStatus() == HttpStatus.BAD_REQUEST_400) {
          refused.accept(StandardCharsets.UTF_8.decode(content.slice()).toString());
        }
      }
      if (last) {
        units.accept(scanner.units());
      }
      super.write(last, content, callback);
    }
  }
}
