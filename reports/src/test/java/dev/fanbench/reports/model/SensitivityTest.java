package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SensitivityTest {

  @TempDir private Path directory;

  @Test
  void eachIsDrawnFromTheRuns() throws IOException {
    ReportModel three =
        new Runs(directory).inMemory("netty").serverless("serverless").modelled("aws").compared();
    List<String> about = three.conditions().stream().map(Sensitivity::what).toList();
    assertEquals(
        List.of(
            "The latencies of AWS.",
            "The network.",
            "The rate.",
            "The size of rooms.",
            "The machine.",
            "The length of messages."),
        about);
    String latencies = three.conditions().get(0).sentence();
    assertTrue(latencies.contains(" on serverless-aws (latencies assumed): "), latencies);
    String rate = three.conditions().get(2).sentence();
    // 5,100 + 90 + 60 ns each: compilers are left out.
    assertTrue(rate.contains("190,476/s (5.25 µs each) on netty"), rate);
    String machine = three.conditions().get(4).sentence();
    assertTrue(machine.contains("with two c7g.large, one to spare"), machine);
    String length = three.conditions().get(5).sentence();
    assertTrue(
        length.startsWith("A delivery leaves with 134 B, 52 B of them headers of TCP and IP."),
        length);
  }

  @Test
  void withoutAModelTheGapIsSaidToBeWider() throws IOException {
    ReportModel two = new Runs(directory).inMemory("netty").serverless("serverless").compared();
    String p50 =
        two.headline()
            .orElseThrow()
            .row(Series.LAST_DELIVERY, two.entries().get(1))
            .orElseThrow()
            .distribution()
            .at(Percentile.P50)
            .text();
    assertTrue(two.conditions().get(0).sentence().startsWith(p50 + " on serverless has none"));
  }

  @Test
  void oneRunAloneHasNoConclusionThatCouldChange() throws IOException {
    ReportModel one = new Runs(directory).inMemory("netty").compared();
    assertEquals(List.of("The rate."), one.conditions().stream().map(Sensitivity::what).toList());
  }
}
