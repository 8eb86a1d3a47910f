package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void writesPageSummaryAndVerdicts() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path site = directory.resolve("site");
    assertEquals(0, execute(run.toString(), "--out", site.toString()));
    assertTrue(Files.size(site.resolve("index.html")) > 10_000);
    assertTrue(Files.isRegularFile(site.resolve("summary.json")));
    assertTrue(Files.isRegularFile(site.resolve("junit.xml")));
    assertTrue(out.toString().endsWith("Report: " + site.resolve("index.html") + "\n"));
    try (var files = Files.list(site)) {
      assertEquals(3, files.count(), "no temporary file stays behind");
    }
  }

  @Test
  void aDirectoryThatIsNoRunIsNamedInOneSentence() {
    Path missing = directory.resolve("missing");
    assertEquals(2, execute(missing.toString()));
    assertTrue(errors.toString().contains(missing.toString()));
    assertEquals(1, errors.toString().lines().count());
    assertFalse(errors.toString().contains("Exception"));
  }

  @Test
  void aRunWithoutItsManifestIsNamed() throws IOException {
    Path partial = Files.createDirectory(directory.resolve("partial"));
    assertEquals(2, execute(partial.toString()));
    assertTrue(errors.toString().contains("run.json"));
  }

  @Test
  void aSiteThatCannotBeWrittenIsNamed() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path file = Files.writeString(directory.resolve("file"), "");
    assertEquals(1, execute(run.toString(), "--out", file.toString()));
    assertTrue(errors.toString().contains(file.toString()));
    assertEquals(1, errors.toString().lines().count());
  }

  @Test
  void pricesThatAreNoneAreNamed() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path none = directory.resolve("none.json");
    assertEquals(2, execute(run.toString(), "--prices", none.toString()));
    assertTrue(errors.toString().contains(none.toString()));
  }

  @Test
  void resultsOfMicrobenchmarksGoOnThePage() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path site = directory.resolve("site");
    String jmh = "src/test/resources/dev/fanbench/reports/jmh.json";
    assertEquals(0, execute(run.toString(), "--jmh", jmh, "--jmh", jmh, "--out", site.toString()));
    String page = Files.readString(site.resolve("index.html"));
    assertEquals(5, page.split("BroadcasterBenchmark.publish, avgt", -1).length);
  }

  @Test
  void anotherFileThanResultsIsNamed() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path other = run.resolve("run.json");
    assertEquals(2, execute(run.toString(), "--jmh", other.toString()));
    assertTrue(errors.toString().contains(other.toString()));
    assertEquals(1, errors.toString().lines().count());
  }

  @Test
  void noRunIsABadOption() {
    assertEquals(2, execute());
  }

  private int execute(String... arguments) {
    return new CommandLine(new ReportCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
