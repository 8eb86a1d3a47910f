package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTest {

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
}
