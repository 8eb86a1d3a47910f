package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.SubscriberSpread;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FairnessSectionTest {

  @TempDir private Path directory;

  /** The simulated target writes to its subscribers in one order, so the last is always last. */
  @Test
  void aTargetThatAlwaysWritesInOneOrderHasASteepLine() throws IOException {
    ReportModel comparison = new Runs(directory).inMemory("netty").compared();
    PhaseComparison phase = comparison.headline().orElseThrow();
    for (Series series : new Series[] {Series.SUBSCRIBER_P50, Series.SUBSCRIBER_P99}) {
      assertEquals(
          100, phase.rows(series).get(0).distribution().percentiles().samples(), series.label());
    }
    SubscriberSpread spread = SubscriberSpread.in(phase).get(0);
    assertEquals(100, spread.subscribers());
    assertTrue(spread.slowNanos() > 2 * spread.fastNanos(), spread::text);
    Page page = Page.parse(HtmlPage.of(comparison));
    Element section =
        page.all("section").stream()
            .filter(s -> s.getAttribute("id").equals("fairness"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        2,
        Page.within(section, "g").stream()
            .filter(g -> g.getAttribute("class").equals("ticks"))
            .count());
    assertTrue(section.getTextContent().contains(spread.text()), section::getTextContent);
  }
}
