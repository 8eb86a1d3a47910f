package dev.fanbench.conventions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The checkout that a test runs in: its modules, Java files and Markdown files.
 *
 * @param root the folder with the parent {@code pom.xml}
 */
public record ProjectTree(Path root) {
  private static final String MAIN = "src/main/java";

  /**
   * The checkout around the working directory.
   *
   * @throws IllegalStateException if there is none
   */
  public static ProjectTree here() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("conventions/ratchet.properties"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException(
          "no fanbench checkout around " + Path.of("").toAbsolutePath());
    }
    return new ProjectTree(folder);
  }

  /**
   * The modules with code of their own, relative to the root.
   *
   * @throws IOException if the tree cannot be read
   */
  public List<Path> modules() throws IOException {
    return files(path -> path.endsWith("pom.xml")).stream()
        .map(Path::getParent)
        .filter(module -> Files.isDirectory(module.resolve(MAIN)))
        .map(root::relativize)
        .toList();
  }

  /**
   * The Java files below {@code folder} of a module, such as {@code src/main/java}.
   *
   * @throws IOException if the tree cannot be read
   */
  public List<Path> javaFiles(Path module, String folder) throws IOException {
    Path start = root.resolve(module).resolve(folder);
    return Files.isDirectory(start)
        ? files(path -> path.startsWith(start) && path.toString().endsWith(".java"))
        : List.of();
  }

  /**
   * All Markdown files of the project.
   *
   * @throws IOException if the tree cannot be read
   */
  public List<Path> markdownFiles() throws IOException {
    return files(path -> path.toString().endsWith(".md"));
  }

  private List<Path> files(Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !isBuilt(root.relativize(path)))
          .filter(wanted)
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /** Whether a path is the build's or a run's, not the project's. */
  private static boolean isBuilt(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      if (name.equals("src")) {
        // A package may have a name that is a folder of the build elsewhere.
        return false;
      }
      if (name.equals("target") || name.equals("node_modules") || name.equals(".git")) {
        return true;
      }
    }
    return relative.startsWith("reports/runs")
        || relative.startsWith("reports/ab")
        || relative.startsWith("reports/search");
  }
}
