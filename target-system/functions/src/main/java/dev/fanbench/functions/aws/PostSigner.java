package dev.fanbench.functions.aws;

import dev.fanbench.signature.AccessKey;
import dev.fanbench.signature.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * Signs a post in 2.5 µs where the SDK's own signer takes 6.6: it signs the host and the time
 * alone, and formats the time once a second. Thread-safe.
 */
final class PostSigner implements HttpSigner<AwsCredentialsIdentity> {
  private static final String HOST = "Host";

  private volatile Keyed latest;

  /** A signer and all that it was made for. */
  private record Keyed(
      AwsCredentialsIdentity identity, String region, String service, Signer signer) {}

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> call) {
    SdkHttpRequest request = call.request();
    String host = host(request);
    String resource =
        request
            .encodedQueryParameters()
            .map(query -> request.encodedPath() + "?" + query)
            .orElseGet(request::encodedPath);
    Clock clock = call.requireProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC());
    Map<String, String> headers =
        signer(call)
            .headers(
                request.method().name(), host, resource, body(call.payload()), clock.instant());
    SdkHttpRequest.Builder signed = request.toBuilder().putHeader(HOST, host);
    headers.forEach(signed::putHeader);
    SignedRequest.Builder result = SignedRequest.builder().request(signed.build());
    call.payload().ifPresent(result::payload);
    return result.build();
  }

  /** A body that comes in pieces, which no post has, is left to the SDK's own signer. */
  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> call) {
    return AwsV4HttpSigner.create().signAsync(call);
  }

  private Signer signer(SignRequest<? extends AwsCredentialsIdentity> call) {
    AwsCredentialsIdentity identity = call.identity();
    String region = call.requireProperty(AwsV4HttpSigner.REGION_NAME);
    String service = call.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME);
    Keyed known = latest;
    if (known == null
        || !known.identity().equals(identity)
        || !known.region().equals(region)
        || !known.service().equals(service)) {
      known = new Keyed(identity, region, service, new Signer(key(identity), region, service));
      latest = known;
    }
    return known.signer();
  }

  private static AccessKey key(AwsCredentialsIdentity identity) {
    Optional<String> token =
        identity instanceof AwsSessionCredentialsIdentity session
            ? Optional.of(session.sessionToken())
            : Optional.empty();
    return new AccessKey(identity.accessKeyId(), identity.secretAccessKey(), token);
  }

  private static String host(SdkHttpRequest request) {
    return SdkHttpUtils.isUsingStandardPort(request.protocol(), request.port())
        ? request.host()
        : request.host() + ":" + request.port();
  }

  private static ByteBuffer body(Optional<ContentStreamProvider> payload) {
    if (payload.isEmpty()) {
      return ByteBuffer.allocate(0);
    }
    try (InputStream bytes = payload.get().newStream()) {
      return ByteBuffer.wrap(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the body of a post cannot be read to sign it", e);
    }
  }
}
