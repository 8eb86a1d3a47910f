package dev.fanbench.emulator.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder with the programs that run functions in Node and in Python, and their guard. */
record RuntimeFolder(Path path) implements AutoCloseable {
  static final String NODE = "runtime.mjs";
  static final String PYTHON = "runtime.py";
  static final String GUARD = "guard.sh";
  private static final List<String> FILES = List.of(NODE, PYTHON, GUARD);

  /**
   * Writes them to a folder of its own, which only this user can read.
   *
   * @throws IOException if it cannot be written
   */
  static RuntimeFolder create() throws IOException {
    Path folder = Files.createTempDirectory("fanbench-runtime");
    for (String file : FILES) {
      try (InputStream in = RuntimeFolder.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IOException(file + " is not on the class path");
        }
        Files.copy(in, folder.resolve(file));
      }
    }
    return new RuntimeFolder(folder);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    for (String file : FILES) {
      delete(file(file));
    }
    delete(path);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      // It lies in the folder for temporary files.
    }
  }
}
