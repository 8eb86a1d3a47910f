package dev.fanbench.emulator.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LatencyModelTest {
  private static final int DRAWS = 1_000_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void aMillionDrawsHaveTheModelsPercentiles(Hop hop) {
    Latency latency = new Latency(LatencyModel.aws(), 1);
    long[] drawn = new long[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = latency.draw(hop);
    }
    Arrays.sort(drawn);
    LogNormal model = LatencyModel.aws().hops().get(hop);
    assertEquals(model.p50Nanos(), (double) drawn[DRAWS / 2], model.p50Nanos() / 100);
    assertEquals(model.p99Nanos(), (double) drawn[DRAWS / 100 * 99], model.p99Nanos() / 100);
    Map<String, Long> counters = new TreeMap<>();
    latency.putCounters(counters);
    assertEquals(DRAWS, counters.get("model." + hop + ".draws"));
    assertEquals(drawn[0], counters.get("model." + hop + ".smallestNanos"));
  }

  @Test
  void aSeedDrawsTheSameAgainWhateverOtherHopsDo() {
    Latency one = new Latency(LatencyModel.aws(), 7);
    Latency other = new Latency(LatencyModel.aws(), 7);
    for (int i = 0; i < 100; i++) {
      other.draw(Hop.STORE);
      assertEquals(one.draw(Hop.POST), other.draw(Hop.POST));
    }
    assertTrue(one.draw(Hop.POST) != new Latency(LatencyModel.aws(), 8).draw(Hop.POST));
  }

  @Test
  void theShippedModelIsToldWithItsValues() {
    assertEquals(
        "aws, assumed: handshake 15 ms, invoke p50 12 ms p99 60 ms, store p50 4 ms p99 15 ms,"
            + " post p50 10 ms p99 60 ms, push 1 ms",
        LatencyModel.aws().toString());
    assertEquals("none", LatencyModel.named("none").toString());
    assertEquals(0, new Latency(LatencyModel.none(), 1).draw(Hop.POST));
  }

  @Test
  void aFileOfOnesOwn() throws Exception {
    Path file =
        write(
            "{\"name\":\"mine\",\"hops\":{\"post\":{\"p50Millis\":2.5}},\"coldStartMillis\":700}");
    assertEquals(
        "mine, assumed: post 2.5 ms, cold start 700 ms",
        LatencyModel.named(file.toString()).toString());
    Path fitted =
        write(
            "{\"name\":\"calibrated\",\"basis\":\"fitted to r\",\"hops\":{\"post\":{\"p50Millis\":2}}}");
    assertEquals(
        "calibrated, fitted to r: post 2 ms", LatencyModel.named(fitted.toString()).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hops\":{\"pots\":{}}} | hops.pots is not known",
        "{\"hops\":{\"post\":{\"p50Millis\":0}}} | hops.post takes {\"p50Millis\": over 0",
        "{\"hops\":{\"post\":{\"p50Millis\":5,\"p99Millis\":4}}} | \"p99Millis\": not under it",
        "{\"coldStartMillis\":-1} | coldStartMillis=-1 is not allowed; coldStartMillis takes 0 to 60000",
        "{ | is no JSON"
      })
  void aBadFileIsToldWhatIsAllowed(String text, String sentence) throws Exception {
    String file = write(text).toString();
    String message =
        assertThrows(IllegalArgumentException.class, () -> LatencyModel.named(file)).getMessage();
    assertTrue(message.contains(sentence) && message.contains(file), message);
  }

  @Test
  void postsAreScaledByTheirMedian() {
    LatencyModel slower = LatencyModel.aws().withPost(Duration.ofMillis(25));
    assertTrue(slower.toString().contains("post p50 25 ms p99 150 ms"), slower.toString());
    assertEquals(LatencyModel.aws().hops().get(Hop.STORE), slower.hops().get(Hop.STORE));
    assertEquals(
        "--post=25 ms is not allowed; --post takes a time over 0, with a model that has posts such as aws",
        assertThrows(
                IllegalArgumentException.class,
                () -> LatencyModel.none().withPost(Duration.ofMillis(25)))
            .getMessage());
  }

  @Test
  void anUnknownName() {
    assertEquals(
        "--model=azure is not allowed; --model takes none, aws, or the path of a model file",
        assertThrows(IllegalArgumentException.class, () -> LatencyModel.named("azure"))
            .getMessage());
  }

  private Path write(String text) throws Exception {
    return Files.writeString(directory.resolve("model.json"), text);
  }
}
