package dev.fanbench.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signer against AWS's published examples, and against the check of the other side. */
class SignerTest {
  private static final Clock AUGUST =
      Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final AccessKey EXAMPLE = new AccessKey("AKIDEXAMPLE", SECRET, Optional.empty());
  private static final String HOST = "abc.execute-api.us-east-1.amazonaws.com";

  @ParameterizedTest
  @CsvSource({
    "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    "GET, /?Param2=value2&Param1=value1,"
        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    "GET, /?%E1%88%B4=bar, 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"
  })
  void examplesOfTheTestSuite(String method, String uri, String signature) {
    Map<String, String> headers =
        new Signer(EXAMPLE, "us-east-1", "service")
            .headers(method, URI.create("https://example.amazonaws.com" + uri), AUGUST.instant());
    assertEquals(Set.of("X-Amz-Date", "Authorization"), headers.keySet());
    assertEquals("20150830T123600Z", headers.get("X-Amz-Date"));
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature="
            + signature,
        headers.get("Authorization"));
  }

  @Test
  void exampleWithASessionToken() {
    String token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    AccessKey passing = new AccessKey("AKIDEXAMPLE", SECRET, Optional.of(token));
    Map<String, String> headers =
        new Signer(passing, "us-east-1", "service")
            .headers("GET", URI.create("https://example.amazonaws.com"), AUGUST.instant());
    assertEquals(token, headers.get("X-Amz-Security-Token"));
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
            + " SignedHeaders=host;x-amz-date;x-amz-security-token,"
            + " Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
        headers.get("Authorization"));
  }

  @Test
  void checkTakesWhatWasSignedAndRefusesWhatWasChanged() {
    Map<String, String> headers =
        new Signer(EXAMPLE, "us-east-1", "execute-api")
            .headers("GET", URI.create("wss://" + HOST + "/dev?a=b"), AUGUST.instant());
    assertEquals(Optional.empty(), refusal(HOST, "/dev?a=b", headers, Duration.ofMinutes(5)));
    Optional<Refusal> mismatch = Optional.of(Refusal.MISMATCH);
    assertEquals(mismatch, refusal(HOST, "/prod?a=b", headers, Duration.ZERO));
    assertEquals(mismatch, refusal(HOST, "/dev?a=c", headers, Duration.ZERO));
    assertEquals(mismatch, refusal("other." + HOST, "/dev?a=b", headers, Duration.ZERO));
    assertEquals(
        "Signature expired: 20150830T123600Z, now 20150830T124101Z",
        refusal(HOST, "/dev?a=b", headers, Duration.ofSeconds(301)).orElseThrow().message());
  }

  /** Each would be hashed as often as it is named. */
  @ParameterizedTest
  @ValueSource(strings = {"host;host", "host;Host", "host;;x-amz-date"})
  void headersAreSignedOnce(String names) {
    Map<String, String> headers =
        new TreeMap<>(
            new Signer(EXAMPLE, "us-east-1", "execute-api")
                .headers("GET", URI.create("wss://" + HOST + "/dev"), AUGUST.instant()));
    headers.computeIfPresent(
        "Authorization", (name, value) -> value.replace("=host;", "=" + names + ";"));
    assertEquals(
        "IncompleteSignatureException",
        refusal(HOST, "/dev", headers, Duration.ZERO).orElseThrow().type());
  }

  private static Optional<Refusal> refusal(
      String host, String uri, Map<String, String> headers, Duration later) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    all.put("Host", host);
    return new SignatureCheck(SECRET, Clock.offset(AUGUST, later)).check(new Arrived(uri, all));
  }

  private record Arrived(String uri, Map<String, String> all) implements SignedRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public Set<String> headerNames() {
      return all.keySet();
    }

    @Override
    public List<String> headers(String name) {
      return all.containsKey(name) ? List.of(all.get(name)) : List.of();
    }

    @Override
    public ByteBuffer body() {
      return ByteBuffer.allocate(0);
    }
  }

  @Test
  void keyIsInTheVariablesThatEveryToolReads() {
    Map<String, String> variables =
        Map.of(
            "AWS_ACCESS_KEY_ID",
            "AKID",
            "AWS_SECRET_ACCESS_KEY",
            "s3cret",
            "AWS_SESSION_TOKEN",
            "");
    AccessKey key = AccessKey.of(variables::get);
    assertEquals(new AccessKey("AKID", "s3cret", Optional.empty()), key);
    assertFalse(key.toString().contains("s3cret"), key.toString());
    assertEquals(
        "to sign, the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are needed,"
            + " and AWS_SECRET_ACCESS_KEY is not set",
        assertThrows(
                IllegalArgumentException.class,
                () -> AccessKey.of(Map.of("AWS_ACCESS_KEY_ID", "AKID")::get))
            .getMessage());
  }
}
