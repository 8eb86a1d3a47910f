package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.target.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command in a fenced block of README.md and docs is one that the programs accept. */
class DocumentedCommandTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern MAVEN_OPTION = Pattern.compile("-D([\\w.]+)=(\\S+)");

  /** Other programs in the manual. */
  private static final Pattern OTHERS =
      Pattern.compile(
          "(git worktree|java -jar jmh/target/benchmarks\\.jar|mvn verify|mvn test|mvn -Prelease package) ?.*");

  @BeforeAll
  static void runInTheCheckout() {
    System.setProperty("fanbench.home", HOME.toString());
  }

  @AfterAll
  static void forgetIt() {
    System.clearProperty("fanbench.home");
  }

  @Test
  void everyFencedCommandIsAccepted() throws IOException {
    List<String> wrong = new ArrayList<>();
    int checked = 0;
    for (Path page : pages()) {
      for (String line : fenced(page)) {
        checked++;
        String mistake = mistake(line);
        if (!mistake.isEmpty()) {
          wrong.add(page + ": " + line + ": " + mistake);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(checked > 15, "commands found: " + checked);
  }

  @Test
  void everyCommandOfTheWorkflowIsAccepted() throws IOException {
    List<String> commands =
        Pattern.compile("run: (\\./fanbench .*)")
            .matcher(Files.readString(HOME.resolve(".github/workflows/fanbench.yml")))
            .results()
            .map(found -> found.group(1).replaceAll(" \\|\\|.*", ""))
            .toList();
    assertTrue(commands.size() >= 2, commands.toString());
    for (String command : commands) {
      assertEquals("", mistake(command), command);
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    assertTrue(Files.size(HOME.resolve("README.md")) <= 8 * 1024, "README.md has over 8 KB");
  }

  /** The emulator's page quotes the line; a target prints what the class makes. */
  @Test
  void quotedReadyLineHasTheFieldsOfARealOne() throws IOException {
    String quoted =
        Files.readAllLines(HOME.resolve("target-system/README.md")).stream()
            .filter(line -> line.startsWith(Ready.PREFIX))
            .findFirst()
            .orElseThrow();
    String line = quoted.replace("…", "1");
    assertEquals(line, Ready.parse(line).line());
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages =
        new ArrayList<>(List.of(HOME.resolve("README.md"), HOME.resolve("jmh/README.md")));
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** The commands in blocks without a language; a comment ends a line. */
  private static List<String> fenced(Path page) throws IOException {
    List<String> commands = new ArrayList<>();
    boolean inside = false;
    boolean plain = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        inside = !inside;
        plain = line.equals("```");
      } else if (inside && plain && !line.isBlank()) {
        commands.add(line.replaceAll("\\s+#.*", "").strip());
      }
    }
    return commands;
  }

  private static String mistake(String line) {
    try {
      if (line.startsWith("./fanbench ")) {
        return fanbench(words(line).subList(1, words(line).size()));
      }
      if (line.startsWith("mvn gatling:test")) {
        return maven(line);
      }
      return OTHERS.matcher(line).matches() ? "" : "no known program";
    } catch (BadOption | CommandLine.ParameterException | ClassNotFoundException bad) {
      return bad.getMessage();
    }
  }

  private static List<String> words(String line) {
    return Stream.of(line.split(" +", -1)).map(word -> word.replace("\"", "")).toList();
  }

  private static String fanbench(List<String> words) {
    FanbenchCommand.commandLine().parseArgs(words.toArray(String[]::new));
    if (words.get(0).equals("run")) {
      Properties options = new Properties();
      for (String word : words.subList(1, words.size())) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          options.setProperty("fanbench." + word.substring(0, equals), word.substring(equals + 1));
        } else if (!word.startsWith("--") && Files.exists(workload(word))) {
          options.setProperty("fanbench.workload", word);
        }
      }
      read(options);
    }
    return "";
  }

  private static Path workload(String word) {
    return HOME.resolve("gatling/workloads/" + word + ".conf");
  }

  private static String maven(String line) throws ClassNotFoundException {
    Properties options = new Properties();
    Matcher option = MAVEN_OPTION.matcher(line);
    while (option.find()) {
      if (option.group(1).equals("gatling.simulationClass")) {
        Class.forName(option.group(2), false, DocumentedCommandTest.class.getClassLoader());
      } else {
        options.setProperty(option.group(1), option.group(2));
      }
    }
    read(options);
    return "";
  }

  private static void read(Properties options) {
    options.setProperty("fanbench.home", HOME.toString());
    OptionsReader.read(options, EnumSet.allOf(PhaseKind.class), "default");
  }
}
