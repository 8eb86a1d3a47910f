package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.signature.Refusal;
import dev.fanbench.signature.SignatureCheck;
import dev.fanbench.signature.SignedRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that the AWS SDK's own signer has signed, as they are and disturbed. */
class SignatureCheckTest {
  private static final String HOST = "http://127.0.0.1:9002";
  private static final String PATH = "/dev/@connections/L0SM9cOFvHcCIhw%3D";
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2024-02-09T12:00:00Z"), ZoneOffset.UTC);
  private static final Optional<String> SIGNED = Optional.empty();
  private static final Optional<String> MISMATCH = Optional.of(Refusal.MISMATCH.message());

  private final SignatureCheck check = new SignatureCheck("local", NOON);

  @ParameterizedTest
  @ValueSource(
      strings = {
        PATH,
        "/dev/%40connections/L0SM9cOFvHcCIhw%3D",
        "/dev/@connections/L0SM9cOFvHcCIhw=",
        PATH + "?b=2&a=x%20y&a=%2F&empty",
        "/dev/@connections/h%C3%A9-_.~"
      })
  void whatTheSdkSignedIsSigned(String path) {
    for (String method : List.of("POST", "GET", "DELETE")) {
      assertEquals(SIGNED, refusal(call(SdkSigner.standard(NOON), method, path, "h\u00e9")));
    }
  }

  @Test
  void anyRegionWillDoAndMoreOfThemThanAreKept() {
    for (int i = 0; i < 200; i++) {
      SdkSigner signer = new SdkSigner("local", "region-" + i, "execute-api", NOON);
      assertEquals(SIGNED, refusal(call(signer, "POST", PATH, "x")));
    }
  }

  @Test
  void blanksInSignedHeadersCollapseAndValuesAreJoined() {
    Map<String, List<String>> spaced = Map.of("x-amz-note", List.of("  a   b ", "c"));
    Map<String, List<String>> headers =
        SdkSigner.standard(NOON).headers("POST", URI.create(HOST + PATH), "x", spaced);
    assertEquals(SIGNED, refusal(new Call("POST", PATH, headers, "x")));
  }

  static Stream<Call> disturbed() {
    Call signed = call(SdkSigner.standard(NOON), "POST", PATH, "hello");
    return Stream.of(
        new Call("DELETE", PATH, signed.headers(), "hello"),
        new Call("POST", PATH.replace("L0", "L1"), signed.headers(), "hello"),
        new Call("POST", PATH + "?a=b", signed.headers(), "hello"),
        new Call("POST", PATH, signed.headers(), "hallo"),
        signed.with("Host", "127.0.0.1:9003"),
        signed.with("X-Amz-Date", "20240209T120001Z"),
        signed.with("Authorization", signed.authorization().replace("Signature=", "Signature=0")),
        signed.with("Authorization", signed.authorization().replace("eu-central", "us-east")));
  }

  @ParameterizedTest
  @MethodSource("disturbed")
  void whatWasChangedOnTheWayIsRefused(Call call) {
    assertEquals(MISMATCH, refusal(call));
  }

  @Test
  void anotherSecretIsRefused() {
    SdkSigner other = new SdkSigner("remote", "eu-central-1", "execute-api", NOON);
    assertEquals(MISMATCH, refusal(call(other, "POST", PATH, "x")));
  }

  @Test
  void anotherServiceIsRefused() {
    SdkSigner other = new SdkSigner("local", "eu-central-1", "dynamodb", NOON);
    assertEquals(
        Optional.of("Credential should be scoped to correct service: 'execute-api'."),
        refusal(call(other, "POST", PATH, "x")));
  }

  @Test
  void whatIsNotSignedAtAllIsRefused() {
    assertEquals(
        Optional.of("Missing Authentication Token"),
        refusal(new Call("POST", PATH, Map.of("Host", List.of("127.0.0.1:9002")), "x")));
  }

  @Test
  void headersThatMustBeSignedAre() {
    Call signed = call(SdkSigner.standard(NOON), "POST", PATH, "x");
    Optional<String> refused = Optional.of("Host and all x-amz- headers have to be signed.");
    assertEquals(refused, refusal(signed.with("X-Amz-Security-Token", "stolen")));
    String withoutHost = signed.authorization().replace("SignedHeaders=host;", "SignedHeaders=");
    assertEquals(refused, refusal(signed.with("Authorization", withoutHost)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer x",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=a/20240209/r/execute-api/aws4_request, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/20240209/r/execute-api, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=/20240209/r/execute-api/aws4_request, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/20240209/r/execute-api/aws5, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 =,=,="
      })
  void malformedAuthorizationIsRefused(String header) {
    Call signed = call(SdkSigner.standard(NOON), "POST", PATH, "x");
    assertEquals(
        "IncompleteSignatureException",
        check.check(signed.with("Authorization", header)).orElseThrow().type());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20240209", "20240209T", "20240209T250000Z", "2024-02-09T12:00:00Z"})
  void malformedDateIsRefused(String date) {
    Call signed = call(SdkSigner.standard(NOON), "POST", PATH, "x");
    Refusal refusal = check.check(signed.with("X-Amz-Date", date)).orElseThrow();
    assertEquals(false, refusal.equals(Refusal.MISMATCH));
  }

  @Test
  void signatureIsGoodForFiveMinutesInBothDirections() {
    assertEquals(SIGNED, refusal(signedAfter(Duration.ofMinutes(5))));
    assertEquals(SIGNED, refusal(signedAfter(Duration.ofMinutes(-5))));
    assertEquals(
        Optional.of("Signature not yet current: 20240209T120501Z, now 20240209T120000Z"),
        refusal(signedAfter(Duration.ofSeconds(301))));
    assertEquals(
        Optional.of("Signature expired: 20240209T115459Z, now 20240209T120000Z"),
        refusal(signedAfter(Duration.ofSeconds(-301))));
  }

  private static Call signedAfter(Duration noon) {
    return call(SdkSigner.standard(Clock.offset(NOON, noon)), "POST", PATH, "x");
  }

  private Optional<String> refusal(Call call) {
    return check.check(call).map(Refusal::message);
  }

  private static Call call(SdkSigner signer, String method, String path, String body) {
    return new Call(method, path, signer.headers(method, URI.create(HOST + path), body), body);
  }

  /** A call without a wire. */
  private record Call(String method, String uri, Map<String, List<String>> byName, String text)
      implements SignedRequest {

    private Call {
      Map<String, List<String>> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      any.putAll(byName);
      byName = any;
    }

    Map<String, List<String>> headers() {
      return byName;
    }

    String authorization() {
      return byName.get("Authorization").get(0);
    }

    Call with(String name, String value) {
      Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      more.putAll(byName);
      more.put(name, List.of(value));
      return new Call(method, uri, more, text);
    }

    @Override
    public Set<String> headerNames() {
      return byName.keySet();
    }

    @Override
    public List<String> headers(String name) {
      return byName.getOrDefault(name, List.of());
    }

    @Override
    public ByteBuffer body() {
      return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
  }
}
