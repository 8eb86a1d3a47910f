package dev.fanbench.measurement.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.calibration.FannedOut.Publication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hidden models, drawn from a seed: a fit has to find them again from first and last deliveries.
 */
class CalibrationTest {
  private static final double MILLI = 1e6;
  private static final double STANDARD_P99 = 2.3263478740408408;

  /** A chain of fixed hops, then posts, none of which the fit may see by itself. */
  private record Hidden(List<HopTime> fixed, double postP50, double postP99, int inFlight) {

    FannedOut fanOut(int members, int publications, long seed) {
      Random random = new Random(seed);
      List<Publication> all = new ArrayList<>();
      for (int n = 0; n < publications; n++) {
        double fixedHops = fixed(random);
        PriorityQueue<Double> ends = new PriorityQueue<>();
        double first = Double.MAX_VALUE;
        double last = 0;
        for (int i = 0; i < members; i++) {
          double start = i < inFlight ? fixedHops : ends.remove();
          double post = draw(random, MILLI * postP50, MILLI * postP99);
          first = Math.min(first, start + post / 2);
          last = Math.max(last, start + post / 2);
          ends.add(start + post);
        }
        all.add(new Publication(first, last));
      }
      return new FannedOut(members, 0, all);
    }

    double fixed(Random random) {
      double sum = 0;
      for (HopTime hop : fixed) {
        sum += draw(random, hop.p50Nanos(), hop.p99Nanos());
      }
      return sum;
    }

    private static double draw(Random random, double p50, double p99) {
      double sigma = Math.log(p99 / p50) / STANDARD_P99;
      return p50 * Math.exp(sigma * random.nextGaussian());
    }

    /** The fixed hops' own percentiles, from many more draws than a run has. */
    HopTime truth() {
      Random random = new Random(99);
      double[] sums = new double[400_000];
      Arrays.setAll(sums, i -> fixed(random));
      Arrays.sort(sums);
      return new HopTime(sums[200_000], sums[396_000]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10, 60, 50", // the assumed model
    "25, 40, 50", // slower, steadier
    "5, 35, 50", // quicker, wilder
    "10, 60, 200",
    "10, 10, 50" // no scatter at all
  })
  void hiddenModelIsFoundAgain(double postP50, double postP99, int inFlight) {
    Hidden hidden =
        new Hidden(
            List.of(hop(12, 60), hop(4, 15), hop(4, 15), hop(1, 1)), postP50, postP99, inFlight);
    Calibration found =
        Calibration.of(
            List.of(
                hidden.fanOut(10, 3_000, 1),
                hidden.fanOut(100, 300, 2),
                hidden.fanOut(1_000, 100, 3)),
            inFlight);
    HopTime fixed = hidden.truth();
    assertWithin(0.10, fixed.p50Nanos(), found.fixed().p50Nanos());
    assertWithin(0.10, fixed.p99Nanos(), found.fixed().p99Nanos());
    double sigma = Math.log(postP99 / postP50) / STANDARD_P99;
    assertWithin(0.10, MILLI * postP50 * Math.exp(sigma * sigma / 2), found.postMeanNanos());
    assertWithin(0.10, MILLI * postP50, found.post().p50Nanos());
    for (Calibration.Room room : found.rooms()) {
      assertWithin(0.10, room.measuredNanos(), room.modelNanos());
    }
    assertEquals(3_400, found.publications());
  }

  /** What the emulator takes by itself comes again when the model is used on top of it. */
  @Test
  void softwareMeasuredByItselfIsLeftOut() {
    Hidden hidden = new Hidden(List.of(hop(12, 60), hop(4, 15)), 10, 60, 50);
    Hidden software = new Hidden(List.of(hop(7, 9)), 0.2, 0.4, 50);
    List<FannedOut> rooms = List.of(hidden.fanOut(10, 3_000, 1), hidden.fanOut(1_000, 100, 3));
    Calibration bare = Calibration.of(rooms, 50);
    double own = 7 * MILLI;

    Calibration found =
        Calibration.of(
            rooms.stream()
                .map(room -> later(room, own).beside(software.fanOut(room.members(), 200, 5)))
                .toList(),
            50);

    assertWithin(0.02, bare.fixed().p50Nanos(), found.fixed().p50Nanos());
    assertWithin(0.02, bare.fixed().p99Nanos(), found.fixed().p99Nanos());
    assertEquals(bare.post(), found.post());
    for (Calibration.Room room : found.rooms()) {
      assertWithin(0.10, room.measuredNanos(), room.modelNanos());
    }
  }

  private static FannedOut later(FannedOut room, double nanos) {
    return new FannedOut(
        room.members(),
        0,
        room.publications().stream()
            .map(seen -> new Publication(seen.firstNanos() + nanos, seen.lastNanos() + nanos))
            .toList());
  }

  private static HopTime hop(double p50Millis, double p99Millis) {
    return new HopTime(MILLI * p50Millis, MILLI * p99Millis);
  }

  private static void assertWithin(double share, double expected, double actual) {
    assertEquals(expected, actual, share * expected);
  }

  @Test
  void modelFileHoldsTheSumAndThePosts() {
    Calibration calibration =
        new Calibration(
            50, 1_000, new HopTime(31.4159e6, 78e6), new HopTime(10e6, 60e6), 13.5e6, List.of());
    assertEquals(
        """
        {
          "name" : "calibrated",
          "basis" : "fitted to run-1",
          "hops" : {
            "invoke" : {
              "p50Millis" : 31.416,
              "p99Millis" : 78.0
            },
            "post" : {
              "p50Millis" : 10.0,
              "p99Millis" : 60.0
            }
          }
        }
        """,
        calibration.model("run-1").replace("\r\n", "\n"));
  }

  @Test
  void runThatCannotTellIsToldWhatItLacks() {
    Hidden hidden = new Hidden(List.of(hop(12, 60)), 10, 60, 50);
    FannedOut ten = hidden.fanOut(10, 100, 1);
    FannedOut hundred = hidden.fanOut(300, 100, 2);
    assertRefused("a room of 5 times the 50 posts in flight", List.of(ten));
    assertRefused("a room of 10 to 50 subscribers", List.of(hundred));
    assertRefused("528 publications to rooms of 10 or more", List.of(ten, hundred));
  }

  private static void assertRefused(String sentence, List<FannedOut> rooms) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Calibration.of(rooms, 50)).getMessage();
    assertTrue(message.contains(sentence), message);
  }
}
