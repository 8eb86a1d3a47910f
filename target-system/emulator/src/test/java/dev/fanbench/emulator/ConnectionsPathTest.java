package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.gateway.AssumedBehavior;
import dev.fanbench.emulator.gateway.CallerCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/** Paths and bodies that clients of {@code @connections} get wrong. */
class ConnectionsPathTest {
  private static TestApi api;

  private Client client;
  private String id;

  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void connect() throws InterruptedException {
    client = Client.connect(api.url());
    id = connectedId(api);
  }

  @Test
  @Shows(AwsChecklist.PATHS)
  void pathThatIsNoRouteOfTheStageIs404() throws Exception {
    for (String route :
        List.of(
            "dev/@connections/" + id,
            "@connections/",
            "@connections",
            "@connections/" + id + "/",
            "%40connections/",
            "x/%40connections/" + id)) {
      HttpResponse<String> answer = post("/dev/" + route);
      assertEquals(404, answer.statusCode(), route);
      assertEquals("NotFoundException", errorType(answer), route);
      assertEquals(
          "{\"message\":\"No method found matching route " + route + " for http method POST.\"}",
          answer.body());
    }
    HttpResponse<String> put = TestApi.send(api.connection(id), "PUT", "x", Map.of());
    assertEquals(404, put.statusCode());
    assertTrue(put.body().endsWith(" for http method PUT.\"}"), put.body());
  }

  @Test
  @Shows(AwsChecklist.PATHS)
  void pathWithoutTheStageIsForbidden() throws Exception {
    for (String path :
        List.of(
            "/prod/@connections/" + id, "/@connections/" + id, "/@connections/", "/", "/prod")) {
      HttpResponse<String> answer = post(path);
      assertEquals(403, answer.statusCode(), path);
      assertEquals("ForbiddenException", errorType(answer), path);
      assertEquals("{\"message\":\"Forbidden\"}", answer.body());
    }
  }

  @Test
  @Shows(AwsChecklist.PATHS)
  void endpointThatEndsInASlashWorks() throws Exception {
    URI twice = URI.create(api.connection(id).toString().replace("/dev/", "/dev//"));
    assertEquals(200, api.call("POST", twice, "signed as SDKs do").statusCode());
    assertEquals("signed as SDKs do", client.next());
    URI endpoint = URI.create("http://" + api.url().getAuthority() + "/dev/");
    try (ApiGatewayManagementApiAsyncClient sdk = api.sdk(endpoint)) {
      Client.await(
          sdk.postToConnection(
              post -> post.connectionId(id).data(SdkBytes.fromUtf8String("by the SDK"))));
      assertEquals("by the SDK", client.next());
    }
  }

  @Test
  @Shows(AwsChecklist.PATHS)
  void pathThatCannotBeDecodedIs400AndTheConnectionGoesOn() throws Exception {
    try (RawHttp http = RawHttp.connect(api.url())) {
      for (String path :
          List.of(
              "/dev/@connections/%zz",
              "/dev/@connections/%", "/%zz", "/dev%2", "/dev/%4x", "/dev?x=%zz")) {
        String request = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";
        assertEquals(400, http.send(request).next().status(), path);
      }
    }
  }

  @Test
  @Shows(AwsChecklist.POST_IN_UTF8)
  void bodyThatIsNotUtf8Is400UnlessItIsAssumedToGoOut() throws Exception {
    byte[] notUtf8 = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', (byte) 0xc3, '('};
    try (TestApi strict = TestApi.start(options -> options.withSignatures(CallerCheck.off()))) {
      Client listener = Client.connect(strict.url());
      String to = connectedId(strict);
      try (RawHttp http = RawHttp.connect(strict.url())) {
        assertEquals(400, postBytes(http, strict.connection(to), notUtf8));
        assertEquals(
            200,
            postBytes(
                http, strict.connection(to), "12345678\u20ac".getBytes(StandardCharsets.UTF_8)));
      }
      assertEquals("12345678\u20ac", listener.next());
    }
    AssumedBehavior goesOut = AssumedBehavior.of(Map.of("postMustBeUtf8", "false"));
    try (TestApi lenient =
        TestApi.start(
            options -> options.withSignatures(CallerCheck.off()).withAssumptions(goesOut))) {
      Client.connect(lenient.url());
      String to = connectedId(lenient);
      try (RawHttp http = RawHttp.connect(lenient.url())) {
        assertEquals(200, postBytes(http, lenient.connection(to), notUtf8));
      }
    }
  }

  private static int postBytes(RawHttp http, URI to, byte[] body) throws IOException {
    http.send(
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            .formatted(to.getRawPath(), body.length));
    return http.send(body).next().status();
  }

  private static String connectedId(TestApi at) throws InterruptedException {
    return at.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return TestApi.send(
        URI.create("http://" + api.url().getAuthority() + path), "POST", "x", Map.of());
  }

  private static String errorType(HttpResponse<String> answer) {
    return answer.headers().firstValue("x-amzn-ErrorType").orElse("none");
  }
}
