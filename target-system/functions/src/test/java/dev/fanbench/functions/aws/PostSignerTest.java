package dev.fanbench.functions.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The check is held to the SDK's own signer by the tests of the emulator. */
class PostSignerTest {
  private static final URI POST =
      URI.create("http://127.0.0.1:9002/dev/%40connections/L0SM9cOFvHcCIhw%3D");
  private static final Instant NOON = Instant.parse("2024-02-09T12:00:00Z");
  private static final AwsCredentialsIdentity KEY = AwsCredentialsIdentity.create("any", "local");

  private final PostSigner signer = new PostSigner();

  @Test
  void theCheckTakesAPostAndRefusesAnotherBody() {
    SdkHttpRequest signed = signed(KEY, "eu-central-1", NOON);
    assertEquals("127.0.0.1:9002", signed.firstMatchingHeader("Host").orElseThrow());
    assertEquals(Optional.empty(), refusal(signed, "hello", NOON));
    assertEquals(Optional.of(Refusal.MISMATCH), refusal(signed, "hullo", NOON));
  }

  @Test
  void aTemporaryKeySendsItsTokenSigned() {
    AwsSessionCredentialsIdentity temporary =
        AwsSessionCredentialsIdentity.create("any", "local", "token");
    SdkHttpRequest signed = signed(temporary, "eu-central-1", NOON);
    assertEquals("token", signed.firstMatchingHeader("X-Amz-Security-Token").orElseThrow());
    assertEquals(Optional.empty(), refusal(signed, "hello", NOON));
    SdkHttpRequest other = signed.toBuilder().putHeader("X-Amz-Security-Token", "another").build();
    assertEquals(Optional.of(Refusal.MISMATCH), refusal(other, "hello", NOON));
  }

  @Test
  void anotherKeyRegionOrSecondSignsAnew() {
    SdkHttpRequest first = signed(KEY, "eu-central-1", NOON);
    assertEquals(authorization(first), authorization(signed(KEY, "eu-central-1", NOON)));
    AwsCredentialsIdentity other = AwsCredentialsIdentity.create("any", "other");
    assertNotEquals(authorization(first), authorization(signed(other, "eu-central-1", NOON)));
    assertNotEquals(authorization(first), authorization(signed(KEY, "us-east-1", NOON)));
    Instant tomorrow = NOON.plus(Duration.ofDays(1));
    SdkHttpRequest later = signed(KEY, "eu-central-1", tomorrow);
    assertEquals(Optional.empty(), refusal(later, "hello", tomorrow));
  }

  private SdkHttpRequest signed(AwsCredentialsIdentity identity, String region, Instant at) {
    SdkHttpRequest post = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(POST).build();
    return signer
        .sign(
            sign ->
                sign.identity(identity)
                    .request(post)
                    .payload(ContentStreamProvider.fromByteArray("hello".getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
        .request();
  }

  private static String authorization(SdkHttpRequest signed) {
    return signed.firstMatchingHeader("Authorization").orElseThrow();
  }

  private static Optional<Refusal> refusal(SdkHttpRequest post, String body, Instant at) {
    return new SignatureCheck("local", Clock.fixed(at, ZoneOffset.UTC))
        .check(new Arrived(post, ByteBuffer.wrap(body.getBytes(UTF_8))));
  }

  private record Arrived(SdkHttpRequest post, ByteBuffer body) implements SignedRequest {
    @Override
    public String method() {
      return post.method().name();
    }

    @Override
    public String uri() {
      return post.encodedPath();
    }

    @Override
    public Set<String> headerNames() {
      return post.headers().keySet();
    }

    @Override
    public List<String> headers(String name) {
      return post.matchingHeaders(name);
    }
  }
}
