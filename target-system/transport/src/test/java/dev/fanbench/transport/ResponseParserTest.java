package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpResponse;

class ResponseParserTest {

  /** A response as it was read. */
  private static final class Read implements ResponseParser.Sink {
    private SdkHttpResponse head;
    private final StringBuilder body = new StringBuilder();
    private Boolean reusable;

    @Override
    public void head(SdkHttpResponse read) {
      head = read;
    }

    @Override
    public void data(ByteBuffer bytes) {
      body.append(ISO_8859_1.decode(bytes));
    }

    @Override
    public void end(boolean mayBeUsedAgain) {
      reusable = mayBeUsedAgain;
    }

    @Override
    public boolean isOver() {
      return reusable != null;
    }

    @Override
    public String toString() {
      return (head == null ? "none" : head.statusCode()) + " " + body + " " + reusable;
    }
  }

  private static String read(String bytes, int part, boolean isHead) throws Exception {
    Read read = new Read();
    ResponseParser parser = new ResponseParser(read);
    parser.begin(isHead);
    ByteBuf all = Unpooled.copiedBuffer(bytes.replace("|", "\r\n"), ISO_8859_1);
    while (all.isReadable() && !read.isOver()) {
      parser.read(all.readSlice(Math.min(part, all.readableBytes())));
    }
    if (!read.isOver()) {
      parser.endOfStream();
    }
    return read.toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "HTTP/1.1 200 OK|Content-Length: 0||, 200  true",
        "HTTP/1.1 200|content-length:3||abc, 200 abc true",
        "HTTP/1.1 200 OK|Content-Length: 3|Connection: close||abc, 200 abc false",
        "HTTP/1.0 200 OK|Content-Length: 3||abc, 200 abc false",
        "HTTP/1.0 200 OK|Content-Length: 3|Connection: keep-alive||abc, 200 abc true",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|abc|A;x=y|0123456789|0||, 200 abc0123456789 true",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||0|Trailer: x||, 200  true",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|Content-Length: 9||1|a|0||, 200 a false",
        "HTTP/1.1 200 OK||all of it, 200 all of it false",
        "HTTP/1.1 204 No Content|Content-Length: 5||, 204  true",
        "HTTP/1.1 304 Not Modified|Content-Length: 5||, 304  true",
        "HTTP/1.1 100 Continue||HTTP/1.1 200 OK|Content-Length: 1||a, 200 a true",
        "|HTTP/1.1 410 Gone|Content-Length: 0||, 410  true"
      })
  void responsesEndWhereTheyShouldHoweverTheyArrive(String bytes, String expected)
      throws Exception {
    for (int part : new int[] {1, 2, 3, 7, 1_000}) {
      assertEquals(expected.trim(), read(bytes, part, false), () -> "in parts of " + part);
    }
  }

  @Test
  void theAnswerToAHeadRequestHasNoBody() throws Exception {
    assertEquals("200  true", read("HTTP/1.1 200 OK|Content-Length: 5||", 1_000, true));
  }

  @Test
  void bytesBehindAResponseEndTheConnection() throws Exception {
    assertEquals("200  false", read("HTTP/1.1 200 OK|Content-Length: 0||H", 1_000, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK|Content-Length: 5||abc",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||3|ab",
        "HTTP/1.1 200 OK|Content-Le"
      })
  void aResponseThatIsCutShortHasNoEnd(String bytes) throws Exception {
    assertTrue(read(bytes, 1_000, false).endsWith("null"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2 200||",
        "HTTP/1.1 20x OK||",
        "SSH-2.0-x|",
        "HTTP/1.1 101 Switching Protocols||",
        "HTTP/1.1 200 OK|no colon||",
        "HTTP/1.1 200 OK|Name : value||",
        "HTTP/1.1 200 OK| folded||",
        "HTTP/1.1 200 OK|Content-Length: 1|Content-Length: 2||",
        "HTTP/1.1 200 OK|Content-Length: 1, 2||",
        "HTTP/1.1 200 OK|Content-Length: -1||",
        "HTTP/1.1 200 OK|Content-Length: +1||",
        "HTTP/1.1 200 OK|Content-Length: 9999999999999999999||",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||x|",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||-1|",
        "HTTP/1.1 200 OK|Transfer-Encoding: chunked||1|abc|"
      })
  void bytesThatAreNoResponseAreRefused(String bytes) {
    assertThrows(MalformedResponseException.class, () -> read(bytes, 1_000, false));
    assertThrows(MalformedResponseException.class, () -> read(bytes, 1, false));
  }

  @Test
  void aHeadIsBounded() {
    String endless = "HTTP/1.1 200 OK|" + "a: b|".repeat(ResponseParser.HEAD_BYTES / 5);
    assertThrows(MalformedResponseException.class, () -> read(endless, 1_000, false));
  }
}
