package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.model.RunSummary;
import dev.fanbench.reports.model.Trend;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

  @TempDir private Path directory;

  @Test
  void aSeriesHasOnePageAndEveryRunALine() throws IOException {
    Runs runs = days("2026-11-20", "2026-11-21");
    String index = write(runs);
    List<String> pages = links(index);
    assertEquals(
        List.of(
            "2026-11-21-test-366c5a5/index.html",
            "2026-11-21-test-366c5a5/index.html",
            "2026-11-20-test-366c5a5/index.html",
            "2026-11-20-test-366c5a5/index.html"),
        pages,
        "the newest first");
    for (String page : pages) {
      String text = Files.readString(directory.resolve("site").resolve(page));
      assertTrue(text.contains("netty") && text.contains("serverless"), page);
    }
  }

  @Test
  void aTargetThatWasMeasuredOnceHasNoTrend() throws IOException {
    assertFalse(write(days("2026-11-20")).contains("From run to run"));
    assertTrue(write(days("2026-11-20", "2026-11-21")).contains("From run to run"));
  }

  @Test
  void aChangeThatLastedIsToldWithItsRun() throws IOException {
    Runs runs = days("2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04");
    assertTrue(write(runs).contains("No change lasted for 3 runs or more."));
    for (String day : List.of("2026-11-05", "2026-11-06", "2026-11-07")) {
      runs.on(day).serverless("netty").serverless("serverless");
    }
    List<String> told =
        Pattern.compile("<li>.*since the run of .*</li>")
            .matcher(write(runs))
            .results()
            .map(MatchResult::group)
            .toList();
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("<li><strong>netty</strong>, ")
            && told.get(0).contains("since the run of 2026-11-05 21:30:00, revision "),
        told::toString);
  }

  @Test
  void trendsAreOfValidRunsOfTheSameWork() throws IOException {
    Runs runs = days("2026-11-20", "2026-11-21");
    runs.on("2026-11-22").unusable("netty", Verdict.INVALID, "the load was late").floor();
    List<RunSummary> listed = new ArrayList<>();
    for (Path run : runs.directories()) {
      listed.add(RunSummary.of(RunReader.read(run), "page.html"));
    }
    List<Trend> trends = Trend.of(listed);
    assertEquals(
        List.of("netty", "serverless"), trends.stream().map(t -> t.target().name()).toList());
    Trend netty = trends.get(0);
    assertEquals(100, netty.phase().fanOut());
    assertEquals(
        List.of("2026-11-20 21:30:00", "2026-11-21 21:30:00"),
        netty.points().stream().map(Trend.Point::started).toList());
  }

  @Test
  void runsOfOtherWorkOrOnOtherMachinesAreNoTrend() throws IOException {
    Runs two = new Runs(directory.resolve("two"));
    two.on("2026-11-20").inMemory("netty").on("2026-11-21").inMemory("netty");
    RecordedRun first = RunReader.read(two.directories().get(0));
    RecordedRun second = RunReader.read(two.directories().get(1));
    assertEquals(1, trends(first, second));
    Workload same = second.run().workload();
    for (Workload other :
        List.of(
            workload(same, ArrivalProcess.POISSON, 64, same.drainMillis()),
            workload(same, same.arrivals(), 1_024, same.drainMillis()),
            workload(same, same.arrivals(), 64, 30_000))) {
      assertEquals(0, trends(first, with(second, other, second.run().environment())), "" + other);
    }
    for (String field : List.of("cpu", "cores", "machine", "load cores", "pinning")) {
      Map<String, String> elsewhere = new HashMap<>(second.run().environment());
      elsewhere.put(field, "other");
      assertEquals(0, trends(first, with(second, same, elsewhere)), field);
    }
  }

  private static RecordedRun with(
      RecordedRun run, Workload workload, Map<String, String> environment) {
    return Runs.with(run, workload, environment, run.run().validity());
  }

  private static Workload workload(
      Workload of, ArrivalProcess arrivals, int payloadBytes, long drainMillis) {
    return new Workload(of.name(), of.phases(), arrivals, payloadBytes, drainMillis, of.seed());
  }

  private static int trends(RecordedRun... runs) {
    return Trend.of(Stream.of(runs).map(run -> RunSummary.of(run, "page.html")).toList()).size();
  }

  @Test
  void theListSaysWhatEachReportSays() throws IOException {
    String index = write(new Runs(directory.resolve("runs")).on("2026-11-20").inMemory("netty"));
    RunSummary run = RunSummary.of(RunReader.read(only(directory.resolve("runs"))), "");
    assertTrue(index.contains(">" + run.headline().orElseThrow().lastDelivery().text() + "<"));
    String page = Files.readString(directory.resolve("site").resolve(links(index).get(0)));
    assertTrue(page.contains(run.headline().orElseThrow().lastDelivery().text()));
  }

  private Runs days(String... days) throws IOException {
    Runs runs = new Runs(directory.resolve("runs" + days.length));
    for (String day : days) {
      runs.on(day).inMemory("netty").serverless("serverless");
    }
    return runs;
  }

  private String write(Runs runs) throws IOException {
    Path site = directory.resolve("site");
    return Files.readString(Site.write(runs.directories(), site, PriceList.shipped()));
  }

  private static Path only(Path runs) throws IOException {
    try (var children = Files.list(runs)) {
      return children.findFirst().orElseThrow();
    }
  }

  private static List<String> links(String html) {
    return Pattern.compile("<a href=\"([^\"]+)\"")
        .matcher(html)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
