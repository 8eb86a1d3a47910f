package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import dev.fanbench.reports.model.FailureTrend;
import dev.fanbench.reports.model.ReportModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FailureSectionTest {
  @TempDir private Path directory;

  @Test
  void aPageWithoutFailuresHasNoSectionOfThem() throws IOException {
    ReportModel comparison = new Runs(directory).inMemory("netty").compared();

    assertEquals(List.of(), FailureTrend.in(comparison));
    assertFalse(HtmlPage.of(comparison).contains("id=\"failures\""));
  }

  @Test
  void missingDeliveriesAreToldByPhaseAndTime() throws IOException {
    ReportModel comparison = new Runs(directory).dropping("netty", 500).compared();

    List<FailureTrend> failures = FailureTrend.in(comparison);
    assertFalse(failures.isEmpty());
    for (FailureTrend trend : failures) {
      assertEquals("deliveries missing", trend.kind());
      assertEquals(
          trend.count(), trend.parts().stream().mapToLong(Long::longValue).sum(), trend.phase());
    }
    assertShown(comparison, failures.size(), "deliveries missing");
  }

  @Test
  void lostConnectionsAndRefusalsAreToldByPhaseAndTime() throws IOException {
    ReportModel comparison = new Runs(directory).losing("netty").compared();

    List<FailureTrend> failures = FailureTrend.in(comparison);
    for (FailureTrend trend : failures) {
      long expected =
          switch (trend.kind()) {
            case "connections lost" -> 2;
            case "publications refused" -> 1;
            default -> 3;
          };
      assertEquals(expected, trend.count(), trend.kind());
      assertEquals(
          expected, trend.parts().stream().mapToLong(Long::longValue).sum(), trend.phase());
      // A quarter of the offered time, which is the greater part of the phase.
      assertTrue(trend.spanSeconds().get(0) < trend.seconds() / 2, trend::phase);
    }
    assertEquals(
        Set.of(
            "connects and joins refused, then tried again",
            "connections lost",
            "publications refused"),
        failures.stream().map(FailureTrend::kind).collect(Collectors.toSet()));
    assertShown(comparison, failures.size(), "2 connections lost");
    assertShown(comparison, failures.size(), "3 connects and joins refused, then tried again");
    assertShown(comparison, failures.size(), "2.0 to 1.9 s before the phase");
  }

  private static void assertShown(ReportModel comparison, int strips, String text) {
    Element section =
        Page.parse(HtmlPage.of(comparison)).all("section").stream()
            .filter(each -> each.getAttribute("id").equals("failures"))
            .findFirst()
            .orElseThrow();
    assertEquals(strips, Page.within(section, "svg").size());
    assertTrue(section.getTextContent().contains(text), section::getTextContent);
  }
}
