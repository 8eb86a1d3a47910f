package dev.fanbench.gatling.dialect;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.target.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of dialects: those in a checkout's {@code gatling/dialects}, and any other. */
public final class DialectFolder {
  private static final String ENDING = ".conf";

  private final Path folder;
  private final EnvironmentLookup environment;

  /**
   * @param home the checkout
   */
  public DialectFolder(Path home) {
    this(home, EnvironmentLookup.ofProcess());
  }

  /** The same with other values of environment variables. */
  public DialectFolder(Path home, EnvironmentLookup environment) {
    this.folder = home.resolve("gatling/dialects");
    this.environment = environment;
  }

  /**
   * Reads a dialect.
   *
   * @param word its name, or a path to a file that ends with {@code .conf}
   * @param base the directory of relative paths
   * @throws DialectError when there is none, or its file has a mistake
   */
  public Dialect read(String word, Path base) {
    Path named = folder.resolve(word + ENDING);
    if (isShipped(word) && !Files.exists(named)) {
      return shipped(word, environment);
    }
    Path file = word.endsWith(ENDING) ? base.resolve(word) : named;
    try {
      return of(
          name(file),
          ConfigFactory.parseString(Files.readString(file)),
          file.toString(),
          environment);
    } catch (NoSuchFileException none) {
      throw new DialectError(
          word.endsWith(ENDING)
              ? "dialect=%s: there is no file %s.".formatted(word, file)
              : unknown(word));
    } catch (IOException unreadable) {
      throw new DialectError(file + " cannot be read: " + FileError.words(unreadable) + ".");
    } catch (ConfigException broken) {
      throw new DialectError(HoconMistake.sentence(file.toString(), broken));
    }
  }

  /** The names of all dialects of the checkout, sorted. */
  public List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .map(DialectFolder::name)
          .sorted()
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private String unknown(String word) {
    List<String> names = names();
    String meant =
        Spelling.closest(word, names).map(each -> " Did you mean " + each + "?").orElse("");
    return "dialect=%s is not allowed; dialect takes %s, or a path to a file that ends with .conf.%s"
        .formatted(word, String.join(", ", names), meant);
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ENDING.length());
  }

  private static boolean isShipped(String word) {
    return word.matches("[a-z0-9-]+") && DialectFolder.class.getResource(resource(word)) != null;
  }

  private static String resource(String name) {
    return "/dialects/" + name + ENDING;
  }

  /** A dialect without secrets, as it was built into this program. */
  static Dialect shipped(String name) {
    return shipped(name, EnvironmentLookup.none());
  }

  private static Dialect shipped(String name, EnvironmentLookup environment) {
    return of(
        name,
        ConfigFactory.parseResources(DialectFolder.class, resource(name)),
        name + ENDING,
        environment);
  }

  private static Dialect of(
      String name, Config config, String file, EnvironmentLookup environment) {
    try {
      return new DialectReader(name, file, config.resolve(), environment).read();
    } catch (ConfigException broken) {
      throw new DialectError(HoconMistake.sentence(file, broken));
    }
  }
}
