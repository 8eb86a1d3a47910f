package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import dev.fanbench.reports.export.ConsoleSummary;
import dev.fanbench.reports.page.HtmlPage;
import dev.fanbench.reports.price.DurableObject;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Durable Object is a design like the other two where it was measured. */
class ThirdDesignTest {
  @TempDir private Path directory;
  private Runs runs;

  @BeforeEach
  void startWithoutRuns() {
    runs = new Runs(directory);
  }

  private ReportModel three() throws IOException {
    return runs.inMemory("netty")
        .serverless("serverless")
        .durableObject("durable-object")
        .compared();
  }

  @Test
  void theFindingNamesThreeDesigns() throws IOException {
    String finding = three().finding().sentence();
    assertTrue(finding.contains(" in memory, "), finding);
    assertTrue(finding.contains(" on durable-object ("), finding);
    assertTrue(finding.contains(" on serverless ("), finding);
  }

  @Test
  void eachDesignHasABillAndEachPairABreakEven() throws IOException {
    ReportModel three = three();
    List<Cost> costs = three.bills().costs();
    assertEquals(3, costs.size());
    DurableObject billing = (DurableObject) costs.get(2).billing();
    assertEquals(new DurableObject(PriceList.shipped(), 0.01, 21e-6), billing);
    assertTrue(costs.get(2).formula().contains("; modelled: "), costs.get(2).formula());
    List<String> sentences =
        three.bills().crossings().stream()
            .filter(BillComparison.Crossing::marked)
            .map(BillComparison.Crossing::sentence)
            .toList();
    assertEquals(
        List.of(
            "At every rate durable-object is cheaper than serverless (with 1,000 connections open).",
            "At every rate durable-object is cheaper than netty (with 1,000 connections open)."),
        sentences.subList(1, 3));
    assertTrue(HtmlPage.of(three).contains("Workers plan $5.00"));
  }

  @Test
  void theSensitivityIsOfThreeDesigns() throws IOException {
    List<Sensitivity> conditions = three().conditions();
    String place =
        conditions.stream()
            .filter(condition -> condition.what().equals("The place of the object."))
            .findFirst()
            .orElseThrow()
            .sentence();
    assertTrue(place.startsWith("durable-object ran in workerd on this machine."), place);
    String rooms =
        conditions.stream()
            .filter(condition -> condition.what().equals("The size of rooms."))
            .findFirst()
            .orElseThrow()
            .sentence();
    assertTrue(rooms.contains("Break-even of serverless and netty"), rooms);
  }

  @Test
  void twoDesignsSayOnceHowToAddTheThird() throws IOException {
    ReportModel two = runs.inMemory("netty").serverless("serverless").compared();
    String hint = two.hint().orElseThrow();
    assertTrue(hint.contains("target=serverless,netty,durable-object"), hint);
    String console = ConsoleSummary.of(two, Path.of("index.html")).replace("\n  ", " ");
    assertEquals(2, console.split(hint, -1).length);
    assertEquals(2, HtmlPage.of(two).split(hint, -1).length);
  }

  @Test
  void otherReportsSayNothingOfIt() throws IOException {
    assertTrue(three().hint().isEmpty());
    assertTrue(new Runs(directory.resolve("one")).inMemory("netty").compared().hint().isEmpty());
  }
}
