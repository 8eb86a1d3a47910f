package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.gateway.CallerCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code AWS_IAM} at {@code $connect}: handshakes signed by the SDK's own signer, or not. */
class SignedConnectTest {
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    String template =
        TestApi.template("routes.yaml")
            .replace("RouteKey: $connect", "RouteKey: $connect\n      AuthorizationType: AWS_IAM");
    api =
        TestApi.start(options -> options.withTemplate(template).withSignatures(CallerCheck.off()));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void unsignedHandshakeIs403AndReachesNoFunction() {
    assertEquals(403, Client.refusal(api.url()));
    assertEquals(0, api.emulator().counters().get("aws.invocations"));
    assertEquals(1, api.emulator().counters().get("connections.refused"));
  }

  @Test
  void anotherSecretIs403() {
    assertEquals(403, refusal(sign("remote", api.url())));
  }

  @Test
  void signatureOfAnotherStageIs403() {
    assertEquals(403, refusal(sign("local", api.url().resolve("/prod"))));
  }

  @Test
  void signedHandshakeIsLetIn() throws Exception {
    Client.await(connect(sign("local", api.url()))).sendClose(WebSocket.NORMAL_CLOSURE, "");
    assertEquals("CONNECT", api.event("ConnectFunction").at("/requestContext/eventType").asText());
  }

  @Test
  void addressThatTheSdkSignedIsLetInAndNothingElseIs() throws Exception {
    URI signed = presigned("local", Duration.ofMinutes(1), Duration.ZERO);
    Client.connect(signed).close(WebSocket.NORMAL_CLOSURE, "");
    assertEquals(
        "a b",
        api.event("ConnectFunction").at("/queryStringParameters/room").asText(),
        "the function sees the query");
    assertEquals(403, Client.refusal(presigned("remote", Duration.ofMinutes(1), Duration.ZERO)));
    String text = signed.toString();
    for (String forged :
        List.of(
            text.replace("room=a", "room=c"),
            text.replace("X-Amz-Expires=60", "X-Amz-Expires=600"),
            text.replace("X-Amz-Expires=60", "X-Amz-Expires=0"),
            text.replace("X-Amz-Expires=60&", ""),
            text + "&X-Amz-Date=20240209T181143Z",
            text.replaceFirst("X-Amz-Signature=[^&]*", "X-Amz-Signature="))) {
      assertEquals(403, Client.refusal(URI.create(forged)), forged);
    }
  }

  @Test
  void signedAddressExpires() {
    Duration tenMinutes = Duration.ofMinutes(10);
    Client.connect(presigned("local", tenMinutes.plusMinutes(1), tenMinutes.negated()));
    assertEquals(
        403, Client.refusal(presigned("local", tenMinutes.minusMinutes(1), tenMinutes.negated())));
    assertEquals(403, Client.refusal(presigned("local", tenMinutes, tenMinutes)), "not yet");
  }

  /** The address of this API, signed at another time than now. */
  private URI presigned(String secret, Duration expires, Duration fromNow) {
    URI http = URI.create(api.url().toString().replaceFirst("ws", "http") + "?room=a%20b");
    URI signed =
        new SdkSigner(
                secret, "eu-central-1", "execute-api", Clock.offset(Clock.systemUTC(), fromNow))
            .presigned("GET", http, expires);
    return URI.create(signed.toString().replaceFirst("http", "ws"));
  }

  /** The signature of this handshake, as its headers but {@code Host}, which the client sets. */
  private static Map<String, List<String>> sign(String secret, URI url) {
    URI http = URI.create(url.toString().replaceFirst("ws", "http"));
    return new SdkSigner(secret, "eu-central-1", "execute-api", Clock.systemUTC())
        .headers("GET", http, "");
  }

  private CompletableFuture<WebSocket> connect(Map<String, List<String>> headers) {
    WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
    headers.forEach(
        (name, values) -> {
          if (!name.equalsIgnoreCase("Host")) {
            builder.header(name, values.get(0));
          }
        });
    return builder.buildAsync(api.url(), new WebSocket.Listener() {});
  }

  private int refusal(Map<String, List<String>> headers) {
    try {
      Client.await(connect(headers));
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
    throw new AssertionError("the handshake was not refused");
  }
}
