package dev.fanbench.reports.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.ManualNanoClock;
import dev.fanbench.reports.PrometheusFormat;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import dev.fanbench.reports.model.Standings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTextTest {
  private static final String PHASE = Standings.FANOUT.name();

  private final LiveRun run = new LiveRun(new ManualNanoClock());

  @Test
  void aRunThatStartsHasNoCountsYet() {
    assertEquals(
        Map.of(Map.of("", "fanbench_run_ended"), 0.0, Map.of("", "fanbench_run_left_seconds"), 0.0),
        read());
  }

  @Test
  void countsAndPercentilesOfThePhaseAreTold() {
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 7, 40, 3 * Standings.MILLI));

    assertEquals(40.0, read().get(of("fanbench_publications_total", "netty")));
    assertEquals(393.0, read().get(of("fanbench_deliveries_total", "netty")));
    assertEquals(7.0, read().get(of("fanbench_missing_deliveries_total", "netty")));
    assertEquals(0.0, read().get(of("fanbench_lost_connections_total", "netty")));
    assertEquals(40.0, read().get(of("fanbench_offered_publications_per_second", "netty")));
    assertEquals(1.0, read().get(of("fanbench_phase_info", "netty", "warm_up", "false")));
    assertEquals(0.003, read().get(latency("lastDelivery", "p50")), 0.000_01);
    assertEquals(0.003, read().get(latency("lastDelivery", "max")), 0.000_01);
    assertFalse(read().containsKey(latency("lastDelivery", "p99")), "40 samples tell no p99");
    assertEquals(85.0, read().get(Map.of("", "fanbench_run_left_seconds")));
  }

  /** A counter never goes back, whichever target has its turn. */
  @Test
  void countersOfATargetStayWhenAnotherHasItsTurn() {
    run.begins("netty", Standings.FANOUT, 85);
    run.ticked("netty", Standings.second(40, 40, 0, 40, Standings.MILLI));
    run.begins("emulator", Standings.FANOUT, 80);
    run.ticked("emulator", Standings.second(10, 10, 0, 10, Standings.MILLI));
    run.ticked("netty", Standings.second(41, 41, 0, 1, Standings.MILLI));

    assertEquals(41.0, read().get(of("fanbench_publications_total", "netty")));
    assertEquals(10.0, read().get(of("fanbench_publications_total", "emulator")));
    assertEquals(10, run.view().progress().orElseThrow().deliveryCount().sent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "back\\slash", "two\nlines", "n\\n", "{x=\"1\"} 5", "müßig"})
  void labelValuesAreEscaped(String target) {
    run.begins(target, Standings.FANOUT, 85);
    run.ticked(target, Standings.second(40, 40, 0, 40, Standings.MILLI));

    assertEquals(40.0, read().get(of("fanbench_publications_total", target)));
  }

  @Test
  void theEndIsTold() {
    run.ended(new LiveView.Ending(List.of(), Optional.empty()));

    assertEquals(1.0, read().get(Map.of("", "fanbench_run_ended")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 1",
        "a 1\n",
        "# TYPE a gauge\na{b=1} 1\n",
        "# TYPE a gauge\na{b=\"x\ny\"} 1\n",
        "# TYPE a gauge\na{b=\"\\t\"} 1\n",
        "# TYPE a gauge\na 1\na 2\n",
        "# TYPE a counter\na 1\n",
        "# TYPE a_total gauge\na_total 1\n",
        "# TYPE a gauge\n# TYPE b gauge\nb 1\na 1\n",
        "# TYPE a gauge\na one\n"
      })
  void theReaderOfTheseTestsIsStrict(String broken) {
    assertThrows(IllegalArgumentException.class, () -> PrometheusFormat.read(broken));
    assertTrue(PrometheusFormat.read("# TYPE a gauge\na{b=\"c\"} 1\n").size() == 1);
  }

  private Map<Map<String, String>, Double> read() {
    return PrometheusFormat.read(MetricsText.of(run.view()));
  }

  private static Map<String, String> latency(String series, String percentile) {
    return of("fanbench_latency_seconds", "netty", "series", series, "percentile", percentile);
  }

  private static Map<String, String> of(String name, String target, String... more) {
    Map<String, String> labels = new HashMap<>(Map.of("", name, "target", target, "phase", PHASE));
    for (int i = 0; i < more.length; i += 2) {
      labels.put(more[i], more[i + 1]);
    }
    return labels;
  }
}
