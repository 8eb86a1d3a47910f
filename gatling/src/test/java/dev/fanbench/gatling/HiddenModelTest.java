package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.calibration.Calibration;
import dev.fanbench.measurement.run.RecordedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calibration against the emulator itself with a model that it is not told: what the load measured
 * over sockets must be enough to find it again. The hops are long beside the milliseconds that the
 * software takes by itself, as what is fitted is both together. Takes four minutes, and needs a
 * machine of its own.
 */
@Tag("soak")
class HiddenModelTest {
  private static final double MILLI = 1e6;
  private static final double STANDARD_P99 = 2.3263478740408408;
  private static final String HIDDEN =
      """
      {"name": "hidden", "hops": {
        "invoke": {"p50Millis": 60, "p99Millis": 150}, "store": {"p50Millis": 20, "p99Millis": 50},
        "post": {"p50Millis": 15, "p99Millis": 60}, "push": {"p50Millis": 1}}}
      """;

  @TempDir Path directory;

  @Test
  void isFoundAgainWithinTenPercent() throws Exception {
    Path model = Files.writeString(directory.resolve("hidden.json"), HIDDEN);
    Options options =
        SteppedRun.options(
            directory,
            "serverless",
            """
            warmUp = 40s, model = "%s", postConcurrency = 20
            fanout = [
              { subscribers = 10, count = 2000, rate = 15 }
              { subscribers = 200, count = 100, rate = 2 }
            ]
            """
                .formatted(model));
    RecordedRun run = SteppedRun.of(TargetChoice.Launched.SERVERLESS, options).whole();

    Calibration found = Calibration.of(run, 20);
    // A publication's way: to the function, sender and members from the store, to the client.
    double[] fixed = new double[400_000];
    Random random = new Random(7);
    Arrays.setAll(
        fixed, i -> draw(random, 60, 150) + draw(random, 20, 50) + draw(random, 20, 50) + MILLI);
    Arrays.sort(fixed);
    assertWithin(fixed[200_000], found.fixed().p50Nanos());
    assertWithin(fixed[396_000], found.fixed().p99Nanos());
    double sigma = Math.log(60.0 / 15) / STANDARD_P99;
    assertWithin(15 * MILLI * Math.exp(sigma * sigma / 2), found.postMeanNanos());
  }

  private static double draw(Random random, double p50Millis, double p99Millis) {
    double sigma = Math.log(p99Millis / p50Millis) / STANDARD_P99;
    return MILLI * p50Millis * Math.exp(sigma * random.nextGaussian());
  }

  private static void assertWithin(double expected, double actual) {
    assertEquals(expected, actual, 0.10 * expected);
  }
}
