package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.model.PhaseTimeline;
import dev.fanbench.reports.model.ReportModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class MapSectionTest {
  @TempDir private Path directory;

  @Test
  void eachFanOutHasItsMapOrIsNamedAsLeftOut() throws IOException {
    ReportModel comparison =
        new Runs(directory).inMemory("netty").serverless("serverless").compared();
    List<PhaseTimeline> others = comparison.otherTimelines();

    assertEquals(comparison.phases(PhaseKind.FANOUT).size() - 1, others.size());
    assertFalse(
        others.stream()
            .map(PhaseTimeline::title)
            .anyMatch(comparison.headline().orElseThrow().title()::equals));
    Element section =
        Page.parse(HtmlPage.of(comparison)).all("section").stream()
            .filter(each -> each.getAttribute("id").equals("maps"))
            .findFirst()
            .orElseThrow();
    for (PhaseTimeline phase : others) {
      assertTrue(section.getTextContent().contains(phase.title()), phase::title);
    }
    long maps = Page.within(section, "h3").size();
    assertTrue(maps >= 1);
    assertEquals(
        2 * maps,
        Page.within(section, "svg").stream()
            .filter(each -> each.getAttribute("role").equals("img"))
            .count());
  }

  @Test
  void thePhaseThatSwungMostComesFirst() throws IOException {
    List<PhaseTimeline> others = new Runs(directory).inMemory("netty").compared().otherTimelines();

    for (int i = 1; i < others.size(); i++) {
      assertTrue(others.get(i - 1).swing() >= others.get(i).swing());
    }
  }
}
