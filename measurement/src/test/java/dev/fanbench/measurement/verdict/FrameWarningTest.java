package dev.fanbench.measurement.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameWarningTest {

  @Test
  void framesThatExplainNothingAreNotTold() {
    DeliveryCount whole =
        DeliveryCountBuilder.builder().sent(10).expected(10).delivered(10).otherFrames(3).build();
    assertEquals(List.of(), FrameWarning.of(phase(whole, Map.of())));
  }

  @Test
  void eachKindIsToldWithItsFirstFrame() {
    DeliveryCount count =
        DeliveryCountBuilder.builder()
            .sent(10)
            .expected(10)
            .delivered(7)
            .missing(3)
            .otherFrames(4)
            .refused(2)
            .cut(1)
            .build();
    List<String> warnings = FrameWarning.of(phase(count, Map.of(PhaseResult.REFUSED_JOINS, 37.0)));
    assertEquals(
        "37 connects and joins of phase echo were refused at first, and tried again.",
        beginning(warnings.get(0)));
    assertEquals(
        "2 publications of phase echo were refused, the first with 'slow down'.",
        beginning(warnings.get(1)));
    assertEquals(
        "1 deliveries of phase echo did not hold all of the text that was sent.",
        beginning(warnings.get(2)));
    assertEquals(
        "4 frames without a stamp arrived in phase echo, the first with 'hello'.",
        beginning(warnings.get(3)));
  }

  @Test
  void lostConnectionsAreToldWithTheReasonWhereThereIsOne() {
    DeliveryCount two =
        DeliveryCountBuilder.builder()
            .sent(10)
            .expected(10)
            .delivered(7)
            .missing(3)
            .lostConnections(2)
            .build();
    DeliveryCount none =
        DeliveryCountBuilder.builder().sent(10).expected(10).delivered(7).missing(3).build();
    Map<String, String> reason = Map.of(PhaseResult.LOST, "closed with 1001");
    assertEquals(List.of(), FrameWarning.of(phase(two, Map.of())));
    assertEquals(List.of(), FrameWarning.of(phase(none, Map.of(), reason)));
    assertEquals(
        List.of(
            "2 connections of phase echo were lost, and of most of them it is said: closed with"
                + " 1001."),
        FrameWarning.of(phase(two, Map.of(), reason)).stream()
            .map(FrameWarningTest::beginning)
            .toList());
  }

  @Test
  void itIsAWarningOfTheRun() {
    DeliveryCount count =
        DeliveryCountBuilder.builder().sent(10).expected(10).delivered(10).cut(1).build();
    Runs run = new Runs(Phases.echo(10, 100)).deliveryCount(count);
    List<String> warnings = ValidityCheck.of(Runs.run(run)).warnings();
    assertEquals(
        List.of("1 deliveries of phase echo did not hold all of the text that was sent."),
        warnings.stream().map(FrameWarningTest::beginning).toList());
  }

  private static String beginning(String warning) {
    return warning.substring(0, warning.indexOf(" Likely"));
  }

  private static PhaseResult phase(DeliveryCount count, Map<String, Double> counters) {
    return phase(
        count, counters, Map.of(PhaseResult.OTHER, "hello", PhaseResult.REFUSED, "slow down"));
  }

  private static PhaseResult phase(
      DeliveryCount count, Map<String, Double> counters, Map<String, String> examples) {
    Usage load = new Usage(Map.of(), 0, 1, "test", counters);
    return new PhaseResult(
        Phases.echo(10, 100),
        1,
        List.of(),
        0,
        1,
        100,
        count,
        Map.of(),
        null,
        load,
        List.of(),
        examples,
        List.of());
  }
}
