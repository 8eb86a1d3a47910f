package dev.fanbench.gatling.options;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that an option names. A relative path starts at the current folder, where a user has his
 * own files. If there is none, it starts at the top folder of fanbench, which ships examples.
 */
final class InputFile {
  private InputFile() {}

  /** The file, which need not be there. */
  static Path of(Path home, String word) {
    return base(home, word).resolve(word);
  }

  /** The folder at which the path starts. */
  static Path base(Path home, String word) {
    return base(Path.of("").toAbsolutePath(), home, word);
  }

  static Path base(Path current, Path home, String word) {
    return Files.isRegularFile(current.resolve(word)) ? current : home;
  }
}
