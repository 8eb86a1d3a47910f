package dev.fanbench.gatling.options;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a module that has a main class. In a checkout it is the module's classes and
 * what its build has written; in a release it is jars of the folder {@code lib}. Immutable.
 *
 * @param entries folders and jars, in order
 */
public record ModuleClassPath(List<Path> entries) {
  private static final String LIBRARY = "lib";

  public ModuleClassPath {
    entries = List.copyOf(entries);
  }

  /**
   * Reads it.
   *
   * @param home the top folder of a checkout or a release
   * @param module the module's folder, such as {@code target-system/emulator}
   * @throws IOException when the module is not built, or is no part of the release
   */
  public static ModuleClassPath of(Path home, String module) throws IOException {
    return isRelease(home) ? ofRelease(home.resolve(LIBRARY), module) : ofBuild(home, module);
  }

  /** Whether this is the folder of a release, which has all jars and no sources. */
  public static boolean isRelease(Path home) {
    return Files.isDirectory(home.resolve(LIBRARY));
  }

  private static ModuleClassPath ofRelease(Path library, String module) throws IOException {
    String name = Path.of(module).getFileName() + ".classpath";
    return new ModuleClassPath(
        Files.readAllLines(library.resolve(name)).stream().map(library::resolve).toList());
  }

  private static ModuleClassPath ofBuild(Path home, String module) throws IOException {
    Path built = home.resolve(module).resolve("target");
    String dependencies = Files.readString(built.resolve("launch.classpath")).strip();
    List<Path> entries = new ArrayList<>(List.of(built.resolve("classes")));
    Stream.of(dependencies.split(File.pathSeparator, -1)).map(Path::of).forEach(entries::add);
    return new ModuleClassPath(entries);
  }

  /** The entries that are not there: parts that a release may not hold. */
  public List<Path> missing() {
    return entries.stream().filter(entry -> !Files.exists(entry)).toList();
  }

  /** The value of {@code -cp}. */
  public String text() {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
