package dev.fanbench.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** The head of a request as bytes. Header values are UTF-8, the form in which they are signed. */
final class RequestHead {
  /** The length of a body that is sent in chunks. */
  static final long CHUNKED = -1;

  private static final String CONTENT_LENGTH = "Content-Length";
  private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
  private static final byte[] COLON = {':', ' '};
  private static final byte[] CRLF = {'\r', '\n'};

  private RequestHead() {}

  /**
   * Writes a head.
   *
   * @return the length of the body, or {@link #CHUNKED}
   * @throws IllegalArgumentException for a line break in the path or in a header
   */
  static long write(
      SdkHttpRequest request, SdkHttpContentPublisher content, HostAddress address, ByteBuf out) {
    ByteBufUtil.writeAscii(out, request.method().name());
    out.writeByte(' ');
    String path = request.encodedPath();
    text(out, path.isEmpty() ? "/" : path);
    Optional<String> query = request.encodedQueryParameters();
    if (query.isPresent()) {
      out.writeByte('?');
      text(out, query.get());
    }
    out.writeBytes(VERSION);
    Framing framing = new Framing();
    request.forEachHeader(
        (name, values) -> {
          if (framing.isOwn(name, values)) {
            for (String value : values) {
              header(out, name, value);
            }
          }
        });
    if (!framing.hasHost) {
      header(out, "Host", address.header());
    }
    long length = framing.length(request.method(), content.contentLength());
    if (length == CHUNKED) {
      header(out, "Transfer-Encoding", "chunked");
    } else if (length > 0 || mayHaveBody(request.method())) {
      header(out, CONTENT_LENGTH, Long.toString(length));
    }
    out.writeBytes(CRLF);
    return length;
  }

  private static boolean mayHaveBody(SdkHttpMethod method) {
    return method == SdkHttpMethod.POST
        || method == SdkHttpMethod.PUT
        || method == SdkHttpMethod.PATCH;
  }

  private static void header(ByteBuf out, String name, String value) {
    text(out, name);
    out.writeBytes(COLON);
    text(out, value);
    out.writeBytes(CRLF);
  }

  private static void text(ByteBuf out, String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf(0) >= 0) {
      throw new IllegalArgumentException("a path or a header of the request has a line break");
    }
    ByteBufUtil.writeUtf8(out, text);
  }

  /** The headers that say how long a body is; they are written once, by this class. */
  private static final class Framing {
    private boolean hasHost;
    private boolean chunked;
    private long declared = CHUNKED;

    /** Notes a header; true if it is to be written as it is. */
    boolean isOwn(String name, List<String> values) {
      switch (name.length()) {
        case 4 -> hasHost |= name.equalsIgnoreCase("Host");
        case 14 -> {
          if (name.equalsIgnoreCase(CONTENT_LENGTH)) {
            declared = Long.parseLong(values.get(0));
            return false;
          }
        }
        case 17 -> {
          if (name.equalsIgnoreCase("Transfer-Encoding")) {
            chunked = true;
            return false;
          }
        }
        default -> {
          return true;
        }
      }
      return true;
    }

    long length(SdkHttpMethod method, Optional<Long> published) {
      if (chunked) {
        return CHUNKED;
      }
      if (declared != CHUNKED) {
        return declared;
      }
      return published.orElse(mayHaveBody(method) ? CHUNKED : 0L);
    }
  }
}
