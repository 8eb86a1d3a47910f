package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {
  private static final List<Phase> MEASURED = List.of(Phases.echo(8, 10), Phases.fanOut(10, 8, 10));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p50.lastDelivery@fanout-1000",
        "p99.9.response@chat",
        "p90.skew@fanout-10",
        "cpu@fanout-100"
      })
  void readsWhatItWrites(String expression) {
    assertEquals(expression, Metric.parse(expression).expression());
  }

  @ParameterizedTest
  @CsvSource({
    "p42.response@chat, 'p50, p90, p99 and p99.9'",
    "max.response@chat, 'p50, p90, p99 and p99.9'",
    "p50.hiccup@chat, 'response, lastDelivery'",
    "p50.response, rank.series@phase",
    "speed@chat, rank.series@phase"
  })
  void whatIsNoneIsAnsweredByWhatIsAllowed(String expression, String allowed) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Metric.parse(expression)).getMessage();
    assertTrue(message.startsWith("metric " + expression + " is not allowed; it is "), message);
    assertTrue(message.contains(allowed), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p50.response@echo",
        "cpu@echo",
        "p50.lastDelivery@fanout-10",
        "p99.skew@fanout-10",
        "cpu@fanout-10"
      })
  void aMetricOfAPhaseThatIsMeasuredIsAccepted(String expression) {
    assertDoesNotThrow(() -> Metric.parse(expression).requireIn(MEASURED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"p50.response@chat", "cpu@chat", "p50.skew@echo", "p50.response@fanout-10"})
  void aMetricOfNoPhaseIsRefusedWithTheHeadlines(String expression) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Metric.parse(expression).requireIn(MEASURED));
    assertEquals(
        "metric "
            + expression
            + " is not allowed; it is of a phase that is measured, such as p50.response@echo,"
            + " p50.lastDelivery@fanout-10.",
        refusal.getMessage());
  }

  @Test
  void theLargestFanOutRepresentsItsRun() {
    List<Phase> phases =
        List.of(Phases.fanOut(10, 9, 1), Phases.fanOut(100, 1, 1), Phases.echo(99, 9));
    assertEquals("fanout-100", phases.stream().max(Metric.BY_WEIGHT).orElseThrow().name());
  }
}
