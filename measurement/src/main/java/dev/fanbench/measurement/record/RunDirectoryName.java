package dev.fanbench.measurement.record;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Names of run directories. */
final class RunDirectoryName {

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private RunDirectoryName() {}

  /** Makes a directory no other run has; a second one of the same second ends in {@code -2}. */
  static Path newDirectory(Path runs, Instant start, String workload, String target)
      throws IOException {
    Files.createDirectories(runs);
    String name = UTC.format(start) + "-" + plain(workload) + "-" + plain(target);
    for (int number = 1; ; number++) {
      try {
        return Files.createDirectory(runs.resolve(number == 1 ? name : name + "-" + number));
      } catch (FileAlreadyExistsException e) {
        // Taken: the next number.
      }
    }
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
