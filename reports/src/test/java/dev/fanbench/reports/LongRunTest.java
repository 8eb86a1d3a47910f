package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The memory of the load does not grow with the length of a run: rule 15 of the methodology. */
class LongRunTest {
  private static final int HOUR = 3_600;

  /** A day takes some 12 minutes of CPU. */
  private static final int LONGEST_MINUTES = 40;

  private static final long MOST_PAGE_BYTES = 300_000;
  private static final double MOST_GROWTH = 1.1;

  /** Ten minutes at 100/s took 17 MB, and 24 hours at 10/s 25 MB. */
  private static final long MOST_LIVE_BYTES = 32_000_000;

  /** An hour at this rate still fits; Java 17 needs 40 MB for ten minutes and Java 25 needs 44. */
  private static final String TEN_MINUTES_HEAP = "-Xmx64m";

  @TempDir Path directory;

  @Test
  void tenMinutesAreMeasuredAndDrawnInASmallHeap() throws Exception {
    assertRuns(HOUR / 6, 100, TEN_MINUTES_HEAP);
  }

  /** Eight series with an interval a second each are 691,200 intervals. */
  @Tag("soak")
  @Test
  void aDayIsMeasuredAndDrawnInASmallHeap() throws Exception {
    assertRuns(24 * HOUR, 10, "-Xmx256m");
  }

  private void assertRuns(int seconds, int rate, String heap) throws Exception {
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LongRun.class.getName(),
                directory.toString(),
                String.valueOf(seconds),
                String.valueOf(rate))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), "it does not end");
      assertEquals(0, process.exitValue(), Files.readString(said));
    } finally {
      process.destroyForcibly();
    }
    assertFlat();
    assertDrawn(seconds * rate);
  }

  /**
   * Live memory swings by some megabytes: histograms of the last phase and open arrivals are in it.
   * The second half of the run has no higher peak than the first.
   */
  private void assertFlat() throws IOException {
    List<Long> bytes =
        Files.readAllLines(directory.resolve(LongRun.LIVE_BYTES)).stream()
            .map(Long::valueOf)
            .toList();
    System.out.println("live bytes in the middle of each part: " + bytes);
    assertEquals(10, bytes.size());
    long first = Collections.max(bytes.subList(0, 5));
    long second = Collections.max(bytes.subList(5, 10));
    assertTrue(second < MOST_GROWTH * first, bytes::toString);
    assertTrue(Math.max(first, second) < MOST_LIVE_BYTES, bytes::toString);
  }

  private void assertDrawn(int publications) throws IOException {
    Path page = directory.resolve("site").resolve("index.html");
    String html = Files.readString(page);
    assertTrue(html.contains("of heap after the first of 10 equal phases"), "the trend by part");
    assertTrue(Files.size(page) < MOST_PAGE_BYTES, Files.size(page) + " bytes");
    File run = directory.resolve("runs").toFile().listFiles()[0];
    List<String> rows =
        Files.readAllLines(run.toPath().resolve("publications.csv"), StandardCharsets.US_ASCII);
    assertEquals(1 + publications, rows.size());
  }
}
