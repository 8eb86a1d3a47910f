package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.chart.BillChart;
import dev.fanbench.reports.price.Bill;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CostTest {

  /** 5,000 deliveries a second of 64 B and 70 B around them, less the 100 GB that are free. */
  private static final double TRANSFER = (5_000 * (64 + 70) * 730 * 3_600.0 / 1e9 - 100) * 0.09;

  @TempDir private Path directory;
  private Runs runs;

  @BeforeEach
  void startWithoutRuns() {
    runs = new Runs(directory);
  }

  @Test
  void aMachineCostsWhatItsHoursCost() throws IOException {
    Cost machine = runs.inMemory("netty").compared().bills().costs().get(0);
    // 100 publications to 100 subscribers at 50 a second are 5,000 deliveries a second.
    assertEquals(5_000, machine.deliveriesPerSecond(), 1e-9);
    double units = 5_000.0 * (64 + 70) * 3_600 / 1e9;
    double hour = 0.0725 + 0.0225 + units * 0.006 + 2 * 0.005;
    double month = hour * 730 + TRANSFER;
    assertEquals(month, machine.monthly().total(), 1e-9);
    assertEquals(month / (730 * 3_600.0 * 5_000) * 1e6, machine.dollarsPerMillion(), 1e-9);
  }

  @Test
  void aServerlessTargetCostsWhatWasMetered() throws IOException {
    Cost metered = runs.serverless("serverless").compared().bills().costs().get(0);
    double month = 730 * 3_600.0;
    double messages = 1_000 + (10_100 / 10_000.0 * 5_000 * month / 1e6 - 1_000) * 0.80;
    double minutes = 100 * month / 60 / 1e6 * 0.25;
    double publications = 50 * month;
    double lambda = publications / 1e6 * 0.20 + publications * 60 / 1e3 * 0.0000133334;
    double store = publications / 1e6 * 0.625 + 15 * publications / 1e6 * 0.125;
    double expected = messages + minutes + lambda + store + TRANSFER;
    assertEquals(expected, metered.monthly().total(), 1e-6);
    assertEquals(expected / (5_000 * month) * 1e6, metered.dollarsPerMillion(), 1e-9);
  }

  @Test
  void aRedisStoreIsPricedAsValkey() throws IOException {
    Bill bill = runs.onRedis().compared().bills().costs().get(0).monthly();
    double calls = 3 * 50 * 730 * 3_600.0;
    assertEquals(0.1 * 730 * 0.084 + calls / 1e6 * 0.0023, bill.items().get("Valkey"), 1e-6);
    assertFalse(bill.items().containsKey("DynamoDB reads"));
  }

  @Test
  void eachNodeIsAMachineAndAValkeyIsBetweenThem() throws IOException {
    Cost nodes = runs.ofNodes("netty", 3).compared().bills().costs().get(0);
    Bill bill = nodes.monthly();
    assertEquals(3 * 0.0725 * 730, bill.items().get("3 c7g.large"), 1e-9);
    double messages = 3 * 50 * 730 * 3_600.0;
    assertEquals(0.1 * 730 * 0.084 + messages / 1e6 * 0.0023, bill.items().get("Valkey"), 1e-6);
    assertFalse(nodes.formula().contains("Redis"), nodes.formula());
  }

  @Test
  void aRedisWithoutAPriceIsSaidToBeLeftOut() throws IOException {
    PriceList shipped = PriceList.shipped();
    Map<String, Double> dollars = new TreeMap<>(shipped.dollars());
    dollars.keySet().removeIf(name -> name.startsWith("valkey."));
    PriceList older = new PriceList(shipped.region(), shipped.asOf(), shipped.source(), dollars);
    Cost nodes = runs.ofNodes("netty", 2).compared(older).bills().costs().get(0);
    assertEquals(2 * 0.0725 * 730, nodes.monthly().items().get("2 c7g.large"), 1e-9);
    assertTrue(
        nodes.formula().endsWith("; the Redis between the nodes is not in it"), nodes.formula());
  }

  /** A list of prices may have 0. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aBillOfNothingIsDrawnOnTheBase() throws IOException {
    PriceList shipped = PriceList.shipped();
    Map<String, Double> nothing = new TreeMap<>(shipped.dollars());
    nothing.replaceAll((name, dollars) -> 0.0);
    PriceList free = new PriceList(shipped.region(), shipped.asOf(), shipped.source(), nothing);
    BillComparison bills = runs.serverless("serverless").inMemory("netty").compared(free).bills();
    String chart = new BillChart(bills).toMarkup().toString();
    assertFalse(chart.contains("NaN") || chart.contains("Infinity"), chart);
    assertFalse(chart.contains(String.valueOf(Long.MAX_VALUE / 10)), chart);
  }

  @Test
  void theBreakEvensStateTheirFormula() throws IOException {
    ReportModel compared = runs.serverless("serverless").inMemory("netty").compared();
    List<BillComparison.Crossing> crossings = compared.bills().crossings();
    assertEquals(2, crossings.size());
    assertTrue(
        crossings.get(0).sentence().contains("without connection-minutes) serverless is cheaper"),
        crossings.get(0).sentence());
    assertTrue(
        crossings.get(1).formula().orElseThrow().contains("($81.03 rent − $10.95 standing) ÷ $"),
        crossings.get(1).sentence());
    crossings.forEach(CostTest::costsTheSameThere);
  }

  private static void costsTheSameThere(BillComparison.Crossing crossing) {
    double rate = crossing.breakEven().orElseThrow().deliveriesPerSecond();
    int connections = crossing.connections();
    assertEquals(
        crossing.rented().billing().monthly(rate, connections).total(),
        crossing.used().billing().monthly(rate, connections).total(),
        1e-6);
  }

  @Test
  void runsThatAreNotValidHaveNoPrice() throws IOException {
    ReportModel none = runs.unusable("netty", Verdict.INVALID, "late").floor().compared();
    assertTrue(none.bills().costs().isEmpty());
    assertTrue(none.bills().crossings().isEmpty());
  }
}
