package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.ModuleClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds sources of a checkout that are newer than the classes that would be run. A release has no
 * sources.
 */
final class BuildCheck {
  /** A module is in the checkout's folder, or in a folder of it. */
  private static final int DEEPEST_MODULE = 2;

  private static final String SOURCES = "src/main/java";
  private static final String CLASSES = "target/classes";

  /** Modules that no run needs, and that are built after those that it needs. */
  private static final Set<String> NEVER_RUN = Set.of("cli", "jmh", "release");

  private BuildCheck() {}

  /**
   * Checks that a checkout is built.
   *
   * @throws IOException with a sentence for the user, when it is not or a source is newer
   */
  static void require(Path home) throws IOException {
    if (ModuleClassPath.isRelease(home)) {
      return;
    }
    if (!Files.isRegularFile(home.resolve("gatling/target/launch.classpath"))) {
      throw new IOException(home + " is not built: run mvn test-compile there first");
    }
    for (Path module : modules(home)) {
      Optional<Path> newer = newerSource(module);
      if (newer.isPresent()) {
        throw new IOException(
            "%s was changed after the build of %s: run mvn test-compile there first"
                .formatted(home.relativize(newer.get()), home));
      }
    }
  }

  private static List<Path> modules(Path home) throws IOException {
    try (Stream<Path> folders = Files.walk(home, DEEPEST_MODULE)) {
      return folders
          .filter(folder -> Files.isDirectory(folder.resolve(SOURCES)))
          .filter(folder -> !NEVER_RUN.contains(folder.getFileName().toString()))
          .sorted()
          .toList();
    }
  }

  /**
   * The compiler compiles all classes of a module when one is changed, so the newest one counts.
   */
  private static Optional<Path> newerSource(Path module) throws IOException {
    Optional<FileTime> built =
        files(module.resolve(CLASSES), ".class").stream()
            .map(BuildCheck::time)
            .max(FileTime::compareTo);
    return files(module.resolve(SOURCES), ".java").stream()
        .filter(source -> built.isEmpty() || time(source).compareTo(built.get()) > 0)
        .findFirst();
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }
}
