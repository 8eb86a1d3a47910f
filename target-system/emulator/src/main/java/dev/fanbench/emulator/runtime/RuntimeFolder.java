package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.FunctionLanguage;
import dev.fanbench.emulator.template.TemplateException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder with the programs that run functions in Node and in Python, their guard, and code of
 * functions that lies in no folder of its own.
 */
final class RuntimeFolder implements AutoCloseable {
  static final String NODE = "runtime.mjs";
  static final String PYTHON = "runtime.py";
  static final String GUARD = "guard.sh";
  private static final List<String> FILES = List.of(NODE, PYTHON, GUARD);

  private final Path path;

  /** By archive. */
  private final Map<Path, Path> unpacked = new HashMap<>();

  private RuntimeFolder(Path path) {
    this.path = path;
  }

  /**
   * Writes the programs to a folder of its own, which only this user can read.
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

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /**
   * A folder with the contents of an archive, each archive once.
   *
   * @param where names the archive's use in a message
   * @throws TemplateException if it cannot be unpacked
   */
  Path unpacked(Path archive, String where) {
    return unpacked.computeIfAbsent(archive, file -> unpack(file, where));
  }

  private Path unpack(Path archive, String where) {
    Path target = path.resolve("archive-" + unpacked.size());
    try (FileSystem files =
        FileSystems.newFileSystem(archive, Map.of("enablePosixFileAttributes", true))) {
      Path root = files.getPath("/");
      List<Path> entries;
      try (Stream<Path> all = Files.walk(root)) {
        entries = all.toList();
      }
      for (Path entry : entries) {
        copy(entry, target.resolve(root.relativize(entry).toString()).normalize(), target);
      }
      return target;
    } catch (IOException | UncheckedIOException broken) {
      throw new TemplateException(
          "%s is %s, which cannot be unpacked: %s"
              .formatted(where, archive.getFileName(), broken.getMessage()));
    }
  }

  private static void copy(Path entry, Path to, Path target) throws IOException {
    if (!to.startsWith(target)) {
      throw new IOException(entry + " lies outside of it");
    }
    if (Files.isDirectory(entry)) {
      Files.createDirectories(to);
    } else {
      // Keeps the permissions: a bootstrap has to be executable.
      Files.copy(entry, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * A folder with one file, of the name that Lambda gives to code in a template.
   *
   * @throws TemplateException if Lambda has none for the function's language
   */
  Path inline(FunctionDefinition function, String text) {
    FunctionLanguage language = function.code().language();
    if (language != FunctionLanguage.NODE && language != FunctionLanguage.PYTHON) {
      throw new TemplateException(
          "%s has its code in the template; Lambda takes that for nodejs… and python3…"
              .formatted(function.name()));
    }
    Path folder = path.resolve("inline-" + function.name());
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(language == FunctionLanguage.NODE ? "index.js" : "index.py"), text);
      return folder;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted(Comparator.reverseOrder()).forEach(RuntimeFolder::delete);
    } catch (IOException | UncheckedIOException kept) {
      // It lies in the folder for temporary files.
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException kept) {
      // It lies in the folder for temporary files.
    }
  }
}
