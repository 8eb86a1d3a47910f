package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.target.ConnectSigner;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.signature.AccessKey;
import dev.fanbench.signature.Refusal;
import dev.fanbench.signature.SignatureCheck;
import dev.fanbench.signature.SignedRequest;
import dev.fanbench.signature.Signer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A handshake that is signed, as it comes over the wire. */
class SignedConnectTest {
  private static final Instant NOON = Instant.parse("2024-02-09T12:00:00Z");
  private static final AccessKey KEY = new AccessKey("AKID", "s3cret", Optional.of("token"));
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @Test
  void whoChecksTakesItAndRefusesItWhenItWasTamperedWith() throws Exception {
    try (RawTarget target = new RawTarget();
        Fleet fleet =
            Fleet.open(
                FleetOptions.of(target.url(), SystemNanoClock.INSTANCE)
                    .withLoops(1)
                    .withCredential(signed(target.url(), CLOCK)))) {
      Connecting connecting = Connecting.to(fleet, new StampMeaning.Publisher());
      target.accept();
      assertTrue(connecting.outcome() instanceof Client);
      String request = target.request();
      assertEquals(Optional.empty(), refusal(request));
      assertEquals(
          Optional.of(Refusal.MISMATCH), refusal(request.replace("GET /dev", "GET /prod")));
      assertEquals(
          Optional.of(Refusal.MISMATCH), refusal(request.replace("Token: token", "Token: other")));
    }
  }

  @Test
  void oneSignatureServesAMinute() {
    AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return NOON.plus(later.get());
          }
        };
    HandshakeCredential credential = signed(URI.create("wss://chat.example/dev"), clock);
    String first = credential.lines(0);
    assertTrue(first.contains("X-Amz-Date: 20240209T120000Z\r\n"), first);
    later.set(Duration.ofSeconds(59));
    assertEquals(first, credential.lines(1));
    later.set(Duration.ofSeconds(60));
    assertTrue(
        credential.lines(2).contains("X-Amz-Date: 20240209T120100Z\r\n"), credential.lines(2));
  }

  private static HandshakeCredential signed(URI target, Clock clock) {
    return new ConnectSigner(new Signer(KEY, "eu-north-1", "execute-api"), target, clock);
  }

  private static Optional<Refusal> refusal(String request) {
    return new SignatureCheck("s3cret", CLOCK).check(Arrived.parse(request));
  }

  /** A request as a server reads it. */
  private record Arrived(String uri, Map<String, String> byName) implements SignedRequest {
    static Arrived parse(String request) {
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      String[] lines = request.split("\r\n", -1);
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(": ");
        if (colon > 0) {
          headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
        }
      }
      return new Arrived(lines[0].split(" ", -1)[1], headers);
    }

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public Set<String> headerNames() {
      return byName.keySet();
    }

    @Override
    public List<String> headers(String name) {
      return byName.containsKey(name) ? List.of(byName.get(name)) : List.of();
    }

    @Override
    public ByteBuffer body() {
      return ByteBuffer.allocate(0);
    }
  }
}
