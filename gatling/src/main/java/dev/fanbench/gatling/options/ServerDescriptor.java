package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.DialectError;
import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.gatling.dialect.HoconMistake;
import dev.fanbench.target.Spelling;
import dev.fanbench.target.TargetKind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that fanbench can start, as {@code servers/NAME/server.conf} describes it. {@code
 * target=NAME} measures it and {@code serve NAME} runs it.
 *
 * @param name the folder's name
 * @param folder the folder, which is the working directory of a command
 * @param kind the design
 * @param java the module and main class of a server of this project; empty for a command
 * @param command the command line of any other server; {@code {port}} stands for the port
 * @param arguments further arguments; {@code {KEY}} stands for the value of an option of the load,
 *     or {@code {folder}} for the folder where no option is named
 * @param nodeArguments further arguments that make it a node of several; {@code {redis}} stands for
 *     the address of the Redis that they share. Empty for a server that cannot be one.
 * @param ready the sign that it accepts connections
 * @param path the path of its URL, where it does not print one itself
 * @param dialect the protocol that it speaks
 * @param servePort the port of {@code serve} unless another is given
 * @param needs programs, files and modules of Python that must be there
 * @param byNameOnly whether {@code target=installed} leaves it out: its design is measured beside
 *     others of its kind
 * @param version the command line of a program that prints the server's version; empty for none
 */
public record ServerDescriptor(
    String name,
    Path folder,
    TargetKind kind,
    Optional<JavaMain> java,
    List<String> command,
    List<String> arguments,
    List<String> nodeArguments,
    Readiness ready,
    String path,
    Dialect dialect,
    int servePort,
    List<Need> needs,
    boolean byNameOnly,
    List<String> version) {
  private static final String FILE = "server.conf";

  private static final Set<String> KEYS =
      Set.of(
          "kind",
          "java",
          "command",
          "arguments",
          "nodeArguments",
          "ready",
          "path",
          "dialect",
          "servePort",
          "needs",
          "byNameOnly",
          "version");

  /**
   * A main class of this project.
   *
   * @param heap the size of its heap from the start, such as {@code 1g}
   */
  public record JavaMain(String module, String main, String heap) {}

  /** The sign that a server accepts connections. */
  public enum Readiness {
    /** It prints a READY line, which has its URL. */
    LINE,

    /** Its port accepts a connection. */
    PORT
  }

  /**
   * A program on the PATH, a file below the folder, or a module of Python that a server needs. Two
   * of the three are null.
   *
   * @param get a sentence that says how to get it
   */
  public record Need(String program, String file, String module, String get) {
    private static final long PYTHON_SECONDS = 20;

    /** Its name in a sentence. */
    String words() {
      return file != null ? file : module != null ? module + " of Python" : program;
    }

    /** Whether it is there. */
    boolean isMet(Path folder) {
      if (file != null) {
        return Files.exists(folder.resolve(file));
      }
      return module != null ? pythonHas(module) : isOnPath(program);
    }

    private static boolean pythonHas(String module) {
      String find = "import sys, importlib.util as u; sys.exit(u.find_spec(sys.argv[1]) is None)";
      try {
        Process python =
            new ProcessBuilder("python3", "-c", find, module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean ended = python.waitFor(PYTHON_SECONDS, TimeUnit.SECONDS);
        python.destroyForcibly();
        return ended && python.exitValue() == 0;
      } catch (IOException absent) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private static boolean isOnPath(String program) {
      String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
      return Arrays.stream(path.split(File.pathSeparator, -1))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
  }

  /** The names of all servers that a checkout describes, sorted. */
  public static List<String> names(Path home) {
    try (Stream<Path> folders = Files.list(home.resolve("servers"))) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException none) {
      throw new BadOption("There are no servers in " + home + ": it is no checkout of fanbench.");
    }
  }

  /**
   * Reads a description.
   *
   * @throws BadOption with a sentence that names the file, the key and the values that are allowed
   */
  public static ServerDescriptor read(Path home, String name) {
    Path folder = home.resolve("servers").resolve(name);
    Path file = folder.resolve(FILE);
    try {
      Config config = ConfigFactory.parseString(Files.readString(file)).resolve();
      String dialect = config.hasPath("dialect") ? config.getString("dialect") : "fanbench";
      return of(name, folder, config, new DialectFolder(home).read(dialect, folder));
    } catch (DialectError wrong) {
      throw new BadOption(file + ": " + wrong.getMessage());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (ConfigException broken) {
      throw new BadOption(HoconMistake.sentence(file.toString(), broken));
    }
  }

  private static ServerDescriptor of(String name, Path folder, Config config, Dialect dialect) {
    Path file = folder.resolve(FILE);
    for (String key : config.root().keySet()) {
      if (!KEYS.contains(key)) {
        throw new BadOption(
            "%s: %s is not a known key.%s Known are %s."
                .formatted(
                    file,
                    key,
                    Spelling.closest(key, KEYS)
                        .map(meant -> " Did you mean " + meant + "?")
                        .orElse(""),
                    String.join(", ", new TreeSet<>(KEYS))));
      }
    }
    if (config.hasPath("java") == config.hasPath("command")) {
      throw new BadOption(file + " must have one of java and command.");
    }
    return new ServerDescriptor(
        name,
        folder,
        word(config, file, "kind", "server", TargetKind.values()),
        config.hasPath("java")
            ? Optional.of(
                new JavaMain(
                    config.getString("java.module"),
                    config.getString("java.main"),
                    config.hasPath("java.heap") ? config.getString("java.heap") : "1g"))
            : Optional.empty(),
        texts(config, "command"),
        texts(config, "arguments"),
        texts(config, "nodeArguments"),
        word(config, file, "ready", "line", Readiness.values()),
        config.hasPath("path") ? config.getString("path") : "/",
        dialect,
        config.hasPath("servePort") ? config.getInt("servePort") : 0,
        config.hasPath("needs")
            ? config.getConfigList("needs").stream().map(ServerDescriptor::need).toList()
            : List.of(),
        config.hasPath("byNameOnly") && config.getBoolean("byNameOnly"),
        texts(config, "version"));
  }

  private static List<String> texts(Config config, String key) {
    return config.hasPath(key) ? config.getStringList(key) : List.of();
  }

  private static Need need(Config config) {
    return new Need(
        config.hasPath("program") ? config.getString("program") : null,
        config.hasPath("file") ? config.getString("file") : null,
        config.hasPath("module") ? config.getString("module") : null,
        config.getString("get"));
  }

  private static <E extends Enum<E>> E word(
      Config config, Path file, String key, String otherwise, E[] constants) {
    String text = config.hasPath(key) ? config.getString(key) : otherwise;
    return Arrays.stream(constants)
        .filter(constant -> word(constant).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new BadOption(
                    "%s: %s=%s is not allowed; %2$s takes %s."
                        .formatted(
                            file,
                            key,
                            text,
                            Arrays.stream(constants)
                                .map(ServerDescriptor::word)
                                .collect(Collectors.joining(", ")))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The arguments that need no option of the load, so that {@code serve} has them too. */
  public List<String> fixedArguments() {
    List<String> filled =
        arguments.stream()
            .map(argument -> argument.replace("{folder}", folder.toAbsolutePath().toString()))
            .toList();
    return filled.stream().anyMatch(argument -> argument.matches(".*\\{\\w+}.*"))
        ? List.of()
        : filled;
  }

  /** A sentence for each program, file or module that is missing. */
  public List<String> missing() {
    List<Need> all = new ArrayList<>(needs);
    java.ifPresent(main -> all.addAll(absentJars(main)));
    return all.stream()
        .filter(need -> !need.isMet(folder))
        .map(
            need ->
                "%s needs %s, which is not there: %s.".formatted(name, need.words(), need.get()))
        .toList();
  }

  /** Jars under terms that forbid a release to hold them. */
  private List<Need> absentJars(JavaMain main) {
    try {
      Path home = folder.resolve("../..").normalize();
      return ModuleClassPath.of(home, main.module()).missing().stream()
          .filter(entry -> entry.toString().endsWith(".jar"))
          .map(
              jar ->
                  new Need(null, jar.getFileName().toString(), null, "bin/fanbench fetch gets it"))
          .toList();
    } catch (IOException notBuilt) {
      return List.of();
    }
  }

  /** Whether several of them can be one chat. */
  public boolean hasNodes() {
    return !nodeArguments.isEmpty();
  }

  /** Whether it asks each connection for a token when it is told to. */
  public boolean takesTokens() {
    return kind == TargetKind.IN_MEMORY || kind == TargetKind.SERVERLESS;
  }
}
