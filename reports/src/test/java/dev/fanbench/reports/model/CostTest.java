package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {

  @TempDir private Path directory;
  private Runs runs;

  @BeforeEach
  void startWithoutRuns() {
    runs = new Runs(directory);
  }

  @Test
  void aMachineCostsTheSameWhateverItDelivers() throws IOException {
    Cost machine = runs.inMemory("netty").compared().costs().get(0);
    assertEquals(0.0725 + 0.0225 + 0.006 + 2 * 0.005, machine.dollarsPerHour(), 1e-9);
    // 100 publications to 100 subscribers at 50 a second are 5,000 deliveries a second.
    assertEquals(machine.dollarsPerHour() / 3_600 / 5_000 * 1e6, machine.dollarsPerMillion(), 1e-9);
  }

  @Test
  void aServerlessTargetCostsWhatWasMetered() throws IOException {
    Cost metered = runs.serverless("serverless").compared().costs().get(0);
    double gateway = 10_100 / 1e6 + 420 / 1e6 * 0.25;
    double lambda = 100 / 1e6 * 0.20 + 100 * 60 / 1e3 * 0.0000133334;
    double store = 100 / 1e6 * 0.625 + 1_500 / 1e6 * 0.125;
    assertEquals((gateway + lambda + store) * 100, metered.dollarsPerMillion(), 1e-9);
    assertEquals(0, metered.dollarsPerHour());
  }

  @Test
  void theBreakEvenStatesBothSides() throws IOException {
    List<Cost> costs = runs.serverless("serverless").inMemory("netty").compared().costs();
    String text = Cost.breakEven(costs).orElseThrow();
    double perMillion = costs.get(0).dollarsPerMillion();
    double perSecond = costs.get(1).dollarsPerHour() / 3_600 / perMillion * 1e6;
    assertTrue(text.startsWith(String.format(Locale.ROOT, "Break-even: %.1f/s", perSecond)), text);
    assertTrue(text.contains("$0.111 an hour for netty ÷ " + costs.get(0).text()), text);
  }

  @Test
  void runsThatAreNotValidHaveNoPrice() throws IOException {
    Comparison none = runs.unusable("netty", Verdict.INVALID, "late").floor().compared();
    assertTrue(none.costs().isEmpty());
    assertTrue(Cost.breakEven(none.costs()).isEmpty());
  }
}
