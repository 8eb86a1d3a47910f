package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.measurement.run.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntervalLogTest {
  @TempDir Path directory;

  @Test
  void anIntervalIsALineWithItsTagStartLengthAndMaximum() throws IOException {
    Path file = directory.resolve("latency.hlog");
    Histogram samples = SampleRecorder.emptyHistogram();
    samples.recordValue(1_000_000);
    try (IntervalLog log = new IntervalLog(file, 5_000)) {
      log.write("echo", Series.RESPONSE, 1_500_000_000L, 2_250_000_000L, samples);
      log.flush();
      List<String> lines = Files.readAllLines(file);
      String[] cells = lines.get(lines.size() - 1).split(",", -1);
      assertEquals("Tag=echo/response", cells[0]);
      assertEquals(1.5, Double.parseDouble(cells[1]));
      assertEquals(0.75, Double.parseDouble(cells[2]));
      assertEquals(1, Double.parseDouble(cells[3]), 0.01);
      String header = String.join("\n", lines.subList(0, lines.size() - 1));
      for (String part :
          List.of(
              "log format version 1.3",
              "#fanbench: nanoseconds, Tag=phase/series",
              "[BaseTime: 5.000 ",
              "[StartTime: 5.000 ",
              "\"StartTimestamp\"")) {
        assertTrue(header.contains(part), header);
      }
    }
  }

  /** On Linux a device is always full. */
  @Test
  void aFullDiskIsTold() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    IntervalLog log = new IntervalLog(full, 0);
    assertEquals(
        "cannot write /dev/full", assertThrows(IOException.class, log::flush).getMessage());
    assertThrows(IOException.class, log::close);
  }
}
