package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.latency.LatencyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames on the way, in a hop of the latency model, when the client or the emulator ends. */
@Timeout(60)
class StoppedHopTest {
  private static final int FRAMES = 50;
  private static final String LONG = "{\"hops\":{\"%s\":{\"p50Millis\":600000}}}";
  private static final String SHORT =
      "{\"hops\":{\"post\":{\"p50Millis\":300},\"push\":{\"p50Millis\":100}}}";

  @TempDir private Path directory;

  @BeforeAll
  static void watch() {
    Leaks.watch();
  }

  @AfterAll
  static void nothingLeaked() {
    Leaks.assertNone();
  }

  @Test
  void postsAreReleasedWhenTheEmulatorStops() throws Exception {
    try (TestApi api = start(LONG.formatted("post"))) {
      String id = connect(api);
      String post = RawHttp.request("POST", api.connection(id), "hello");
      for (int i = 0; i < FRAMES; i++) {
        RawHttp.connect(api.url()).send(post + post);
      }
      awaitDraws(api, "post", FRAMES);
    }
  }

  @Test
  void framesAreReleasedWhenTheEmulatorStops() throws Exception {
    try (TestApi api = start(LONG.formatted("push"))) {
      String id = connect(api);
      String post = RawHttp.request("POST", api.connection(id), "hello");
      try (RawHttp http = RawHttp.connect(api.url())) {
        for (int i = 0; i < FRAMES; i++) {
          assertEquals(200, http.send(post + post).next().status());
          assertEquals(200, http.next().status());
        }
      }
      awaitDraws(api, "push", 2 * FRAMES);
    }
  }

  @Test
  void answersAreReleasedWhenTheEmulatorStops() throws Exception {
    try (TestApi api = start(LONG.formatted("push"))) {
      api.on("MessageFunction", event -> "{\"statusCode\":200,\"body\":\"answer\"}");
      Client client = Client.connect(api.url());
      for (int i = 0; i < FRAMES; i++) {
        client.send("{\"action\":\"twoWay\"}");
      }
      awaitDraws(api, "push", FRAMES);
    }
  }

  @Test
  void postsAreAnsweredAndReleasedWhenTheClientEnds() throws Exception {
    try (TestApi api = start(SHORT)) {
      try (RawHttp client = RawHttp.connect(api.url()).send(RawHttp.upgrade(api.url()));
          RawHttp http = RawHttp.connect(api.url())) {
        assertEquals(101, client.next().status());
        String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
        http.send(RawHttp.request("POST", api.connection(id), "hello"));
        awaitDraws(api, "post", 1);
        client.reset();
        assertEquals(200, http.next().status());
        awaitDraws(api, "push", 1);
      }
    }
  }

  private static String connect(TestApi api) throws Exception {
    Client.connect(api.url());
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  private static void awaitDraws(TestApi api, String hop, int draws) throws Exception {
    TestApi.await(() -> api.emulator().counters().get("model." + hop + ".draws") == draws);
  }

  private TestApi start(String hops) throws Exception {
    Path file = Files.writeString(directory.resolve("model.json"), hops);
    Latency latency = new Latency(LatencyModel.named(file.toString()), 1);
    return TestApi.start(options -> options.withLatency(latency).withSignatures(CallerCheck.off()));
  }
}
