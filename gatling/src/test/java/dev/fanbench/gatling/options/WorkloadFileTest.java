package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.FANOUT;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workload files of one's own. */
class WorkloadFileTest {

  @Test
  void aWorkloadFileMayHoldAnyKeyAndTheCommandLineWins() {
    Options shipped = read(FANOUT, "workload=variants");
    Options typed = read(FANOUT, "workload=variants", "variants=standard", "staleGrace=9s");

    assertEquals(9, shipped.targets().size());
    assertTrue(shipped.targets().stream().allMatch(TargetChoice::isServerless));
    assertTrue(shipped.slos().stream().noneMatch(Slo::gate));
    assertEquals("9s", typed.serverless(typed.targets().get(0)).get("staleGrace"));
  }

  @Test
  void aWorkloadFileOfOnesOwn(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"),
            """
            warmUp = 0s, drain = 1s, payloadBytes = 64, arrivals = constant, seed = 1
            fanout = [ { subscribers = 2, count = 30, rate = 30 } ]
            """);

    Options options = read(FANOUT, "workload=" + file);

    assertEquals("mine", options.workload().name());
    assertEquals(30, options.workload().phases().get(0).count());
  }

  @Test
  void anUnknownKeyInAWorkloadFileNamesTheFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"), "fanout = [ { subscribes = 2, count = 3, rate = 3 } ]");

    BadOption bad = assertThrows(BadOption.class, () -> read(FANOUT, "workload=" + file));

    assertEquals(
        "mine.conf: fanout.subscribes is not a known key; known are chatter, churn, count, outage, parts, publishers, rate, rooms, roomsPerClient, slow, subscribers.",
        bad.getMessage());
  }

  @Test
  void aFileThatIsNotHoconIsOneSentenceWithFileAndLine(@TempDir Path directory) throws IOException {
    assertEquals(
        "mine.conf, line 2: this is not HOCON; a file takes KEY = VALUE, KEY { … } and"
            + " KEY = [ … ], and each quote, brace and bracket must be closed.",
        mistake(directory, "seed = 1\nfanout = [ { subscribers = 2, "));
    assertEquals(
        "mine.conf, line 2: fanout=3 is not allowed; fanout takes a section in braces, or a list"
            + " of them.",
        mistake(directory, "seed = 1\nfanout = 3"));
  }

  /** It would be undecided after every run, however good the target is. */
  @Test
  void aThresholdThatOneOfItsPhasesCannotHoldIsRefused(@TempDir Path directory) throws IOException {
    assertEquals(
        "slo=p90.lastDelivery<1s is not allowed: p90 needs 44 samples, and phase fanout-5 has 30;"
            + " name a longer phase, as in p90.lastDelivery<1s@fanout-2",
        mistake(directory, gated("p90.lastDelivery<1s")));
    assertEquals(
        "slo=p99.lastDelivery<1s is not allowed: p99 needs 459 samples, and phase fanout-5 has 30",
        mistake(directory, gated("p99.lastDelivery<1s")));
    Path file =
        Files.writeString(directory.resolve("named.conf"), gated("p90.lastDelivery<1s@fanout-2"));
    assertEquals(1, read(FANOUT, "workload=" + file).slos().size());
  }

  /** The simulation of fan-out measures no chat, so that nothing is asked of one. */
  @Test
  void aThresholdOfPhasesThatAreNotMeasuredIsLeftOut(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.conf"), gated("p90.chat<1s"));
    assertEquals(List.of(), read(FANOUT, "workload=" + file).slos());
  }

  private static String gated(String threshold) {
    return """
    warmUp = 0s, drain = 1s, payloadBytes = 64, arrivals = constant, seed = 1
    fanout = [ { subscribers = 2, count = 50, rate = 50 }, { subscribers = 5, count = 30, rate = 30 } ]
    slo = ["%s"]
    """
        .formatted(threshold);
  }

  private static String mistake(Path directory, String text) throws IOException {
    Path file = Files.writeString(directory.resolve("mine.conf"), text);
    return assertThrows(BadOption.class, () -> read(FANOUT, "workload=" + file)).getMessage();
  }

  @Test
  void oneRoomAtSeveralRatesIsARamp(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("ramp.conf"),
            """
            warmUp = 0s, drain = 1s, payloadBytes = 64, arrivals = constant, seed = 1
            fanout = [
              { subscribers = 5, count = 30, rate = 8 }
              { subscribers = 5, count = 30, rate = 0.5 }
              { subscribers = 6, count = 30, rate = 8 }
            ]
            """);

    Options options = read(FANOUT, "workload=" + file);

    assertEquals(
        List.of("fanout-5-at-8", "fanout-5-at-0-5", "fanout-6"),
        options.workload().phases().stream().map(Phase::name).toList());
  }

  @Test
  void twoPhasesAlikeAreOneSentence() {
    BadOption bad = assertThrows(BadOption.class, () -> read(FANOUT, "subscribers=5,5"));

    assertEquals(
        "Two phases would be fanout-5-at-200; give each size and rate once, or ask for parts in"
            + " the workload file.",
        bad.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"churn", "slow", "chatter"})
  void moreBystandersThanThereMayBe(String key, @TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"),
            "fanout = [ { subscribers = 2, count = 3, rate = 3, %s = 10001 } ]".formatted(key));

    BadOption bad = assertThrows(BadOption.class, () -> read(FANOUT, "workload=" + file));

    assertEquals(
        key + "=10001 is not allowed; " + key + " takes a whole number from 1 to 10000.",
        bad.getMessage());
  }
}
