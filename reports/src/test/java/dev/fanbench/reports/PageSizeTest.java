package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the published runs, three designs with the whole default workload, has 300 KB. */
class PageSizeTest {

  private static final long MOST_BYTES = 307_200;

  @TempDir private Path directory;

  @Test
  void publishedRunsOfThreeDesignsFit() throws IOException {
    List<Path> runs = new ArrayList<>();
    try (Stream<Path> published = Files.list(Path.of("published"))) {
      published.filter(run -> run.toString().contains("-default-")).sorted().forEach(runs::add);
    }
    Path page = ReportWriter.write(runs, directory.resolve("site")).page();
    assertTrue(Files.readString(page).contains("durable-object"), "the third design is there");
    assertTrue(Files.size(page) <= MOST_BYTES, Files.size(page) + " bytes");
  }
}
