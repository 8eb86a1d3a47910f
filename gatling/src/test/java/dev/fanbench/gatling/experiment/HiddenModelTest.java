package dev.fanbench.gatling.experiment;

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
 * over sockets must be enough to find it again. The software's own milliseconds, which are many
 * beside these hops, are measured without a model. Takes seven minutes, and needs a machine of its
 * own.
 */
@Tag("soak")
class HiddenModelTest {
  private static final double MILLI = 1e6;
  private static final int POSTS_IN_FLIGHT = 20;
  private static final double STANDARD_P99 = 2.3263478740408408;
  private static final String HIDDEN =
      """
      {"name": "hidden", "hops": {
        "invoke": {"p50Millis": 20, "p99Millis": 70}, "store": {"p50Millis": 6, "p99Millis": 20},
        "post": {"p50Millis": 15, "p99Millis": 60}, "push": {"p50Millis": 1}}}
      """;

  @TempDir Path directory;

  @Test
  void isFoundAgainWithinTenPercent() throws Exception {
    Path model = Files.writeString(directory.resolve("hidden.json"), HIDDEN);

    RecordedRun software = run("none", 600);
    RecordedRun run = run(model.toString(), 2_000);

    Calibration found = Calibration.of(run, software, POSTS_IN_FLIGHT);
    // A publication's way: to the function, sender and members from the store, to the client.
    double[] fixed = new double[400_000];
    Random random = new Random(7);
    Arrays.setAll(
        fixed, i -> draw(random, 20, 70) + draw(random, 6, 20) + draw(random, 6, 20) + MILLI);
    Arrays.sort(fixed);
    assertWithin(fixed[200_000], found.fixed().p50Nanos());
    assertWithin(fixed[396_000], found.fixed().p99Nanos());
    double sigma = Math.log(60.0 / 15) / STANDARD_P99;
    assertWithin(15 * MILLI * Math.exp(sigma * sigma / 2), found.postMeanNanos());
  }

  private RecordedRun run(String model, int publications) throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "serverless",
            """
            warmUp = 40s, model = "%s", postConcurrency = %d
            fanout = [
              { subscribers = 10, count = %d, rate = 15 }
              { subscribers = 200, count = 100, rate = 2 }
            ]
            """
                .formatted(model, POSTS_IN_FLIGHT, publications));
    return ExperimentInTest.of(TargetChoice.named(options.home(), "serverless"), options).whole();
  }

  private static double draw(Random random, double p50Millis, double p99Millis) {
    double sigma = Math.log(p99Millis / p50Millis) / STANDARD_P99;
    return MILLI * p50Millis * Math.exp(sigma * random.nextGaussian());
  }

  private static void assertWithin(double expected, double actual) {
    assertEquals(expected, actual, 0.10 * expected);
  }
}
