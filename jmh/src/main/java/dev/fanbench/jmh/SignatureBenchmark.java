package dev.fanbench.jmh;

import dev.fanbench.signature.Refusal;
import dev.fanbench.signature.SignatureCheck;
import dev.fanbench.signature.SignedRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the time that the emulator's front door takes to check the signature of one post, in
 * nanoseconds. The post is one of the AWS SDK for Java, with a body of 128 bytes. As in a run, all
 * posts are signed in one region on one day, so the key is derived once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseG1GC"})
public class SignatureBenchmark {

  /** A post as the SDK's own signer signed it, and a clock at that time. */
  @State(Scope.Thread)
  public static class Post implements SignedRequest {
    private static final Instant SIGNED = Instant.parse("2024-02-09T12:00:00Z");
    private static final String SIGNATURE =
        "bd07dbba03198908937425cc7f6c3a626add0acbecede5b6e2f1941e3e94ce24";

    private final SignatureCheck check =
        new SignatureCheck("local", Clock.fixed(SIGNED, ZoneOffset.UTC));
    private final ByteBuffer body =
        ByteBuffer.wrap(".".repeat(128).getBytes(StandardCharsets.US_ASCII));
    private final HttpHeaders headers =
        new DefaultHttpHeaders()
            .add("amz-sdk-invocation-id", "6b1a0c70-59a5-4b0c-9f2e-0d8d5c3a7e21")
            .add("amz-sdk-request", "attempt=1; max=4")
            .add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=any/20240209/eu-central-1/execute-api/aws4_request, "
                    + "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;"
                    + "content-type;host;x-amz-content-sha256;x-amz-date, Signature="
                    + SIGNATURE)
            .add("Content-Length", "128")
            .add("Content-Type", "application/octet-stream")
            .add("Host", "127.0.0.1:9002")
            .add(
                "x-amz-content-sha256",
                "001dfff6e5f294e093761230b1e9ef2c5a16326961ce93afc2983937ee8ba389")
            .add("X-Amz-Date", "20240209T120000Z");

    /** Fails the trial when the post is refused, which would cost less. */
    @Setup
    public void requireSigned() {
      check
          .check(this)
          .ifPresent(
              refusal -> {
                throw new IllegalStateException("the post is refused: " + refusal.message());
              });
    }

    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String uri() {
      return "/dev/@connections/L0SM9cOFvHcCIhw%3D";
    }

    @Override
    public Set<String> headerNames() {
      return headers.names();
    }

    @Override
    public List<String> headers(String name) {
      return headers.getAll(name);
    }

    @Override
    public ByteBuffer body() {
      return body;
    }
  }

  /** Checks one post. */
  @Benchmark
  public Optional<Refusal> check(Post post) {
    return post.check.check(post);
  }
}
