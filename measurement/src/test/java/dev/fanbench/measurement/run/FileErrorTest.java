package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileErrorTest {
  @TempDir private Path directory;

  @Test
  void causeIsNamedWithTheFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertEquals(
        directory.resolve("none") + ": no such file or folder",
        words(() -> Files.readString(directory.resolve("none"))));
    assertEquals(file + ": a file of that name exists", words(() -> Files.createDirectory(file)));
    assertEquals(directory + ": the folder is not empty", words(() -> Files.delete(directory)));
    assertEquals(
        "disk: No space left on device",
        FileError.words(new FileSystemException("disk", null, "No space left on device")));
    assertEquals("connection reset", FileError.words(new IOException("connection reset")));
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  private static String words(Attempt attempt) {
    return FileError.words(assertThrows(IOException.class, attempt::run));
  }
}
