package dev.fanbench.emulator.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The answer to a call whose partition has no capacity left; SDKs try again after a while. */
final class ThrottledAnswer {
  private static final byte[] BODY =
      ("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
              + "\"message\":\"A partition of the table has no capacity left in this second.\"}")
          .getBytes(StandardCharsets.US_ASCII);

  private ThrottledAnswer() {}

  static void answer(Response response, Callback callback) {
    response.setStatus(HttpStatus.BAD_REQUEST_400);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-amz-json-1.0");
    response.write(true, ByteBuffer.wrap(BODY), callback);
  }
}
