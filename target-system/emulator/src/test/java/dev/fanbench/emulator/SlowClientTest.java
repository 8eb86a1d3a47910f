package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  /** What the kernel may hold for a client that reads nothing, and then some. */
  private static final int MOST_POSTS = 400;

  @Test
  void postsToAClientThatDoesNotReadAreRefusedAndOthersAreNot() throws Exception {
    try (TestApi api = TestApi.start();
        Socket slow = handshake(api.url())) {
      slow.getInputStream().read();
      String slowId = connectedId(api);
      Client other = Client.connect(api.url());
      String otherId = connectedId(api);

      String post = "x".repeat(131_072);
      HttpResponse<String> answer = api.call("POST", slowId, post);
      for (int posts = 1; answer.statusCode() == 200 && posts < MOST_POSTS; posts++) {
        answer = api.call("POST", slowId, post);
      }
      assertEquals(429, answer.statusCode());
      assertEquals(
          "LimitExceededException", answer.headers().firstValue("x-amzn-ErrorType").orElseThrow());
      assertTrue(api.emulator().counters().get("quota.slowClientBytes") >= 1);
      assertEquals(200, api.call("POST", otherId, "hello").statusCode());
      assertEquals("hello", other.next());
    }
  }

  private static Socket handshake(URI url) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    String request =
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .formatted(url.getPath(), url.getAuthority());
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private static String connectedId(TestApi api) throws InterruptedException {
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }
}
