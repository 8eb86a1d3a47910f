package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.export.ConsoleSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stored runs must render for ever, to the digit.
 *
 * <p>When the words of a report change on purpose, {@code mvn test -pl reports -am
 * -Dtest=GoldenRunTest -Dfanbench.golden=write -Dsurefire.failIfNoSpecifiedTests=false} writes the
 * expected files anew: read the difference before it is committed. The run directories themselves
 * are never written again.
 */
class GoldenRunTest {

  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "fanbench", "reports", "golden");
  private static final boolean WRITE = "write".equals(System.getProperty("fanbench.golden"));

  @TempDir private Path site;

  @Test
  void storedRunsSayWhatTheyAlwaysSaid() throws IOException {
    Report report = ReportWriter.write(storedRuns(), site);
    expect("summary.json", Files.readString(report.summary()));
    expect("junit.xml", Files.readString(report.junit()));
    expect("console.txt", ConsoleSummary.of(report.comparison(), Path.of("index.html")));
    assertTrue(Files.readString(report.page()).contains(report.comparison().finding().sentence()));
  }

  private static List<Path> storedRuns() throws IOException {
    try (Stream<Path> directories = Files.list(GOLDEN.resolve("runs"))) {
      return directories.sorted().toList();
    }
  }

  private static void expect(String file, String actual) throws IOException {
    Path expected = GOLDEN.resolve(file);
    if (WRITE) {
      Files.writeString(expected, actual);
    }
    assertEquals(Files.readString(expected), actual, file);
  }
}
