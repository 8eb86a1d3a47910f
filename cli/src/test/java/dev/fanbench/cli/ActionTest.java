package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The step of {@code action.yml}, with a program in place of fanbench that notes its words. */
@Timeout(60)
class ActionTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern RUN = Pattern.compile("\n      run: '([^']+)'\n");

  @TempDir Path directory;

  private Path home;

  @BeforeEach
  void copyTheStep() throws IOException {
    home = directory.resolve("home of a runner");
    Files.createDirectories(home.resolve("action"));
    Files.copy(HOME.resolve("action/compare"), home.resolve("action/compare"));
    executable(home.resolve("action/compare"));
    Path program =
        Files.writeString(
            home.resolve("fanbench"),
            """
            #!/bin/sh
            printf '%s\\n' "$@" >"$(dirname "$0")/words.txt"
            mkdir -p "$(dirname "$0")/reports/ab/20260101T000000Z"
            echo '# B is slower' >"$(dirname "$0")/reports/ab/20260101T000000Z/compare.md"
            exit 99
            """);
    executable(program);
  }

  @Test
  void inputsAreWordsAndTheComparisonIsShown() throws Exception {
    int exitCode =
        run(
            Map.of(
                "FANBENCH_BASE", "ws://127.0.0.1:1/a",
                "FANBENCH_CANDIDATE", "ws://127.0.0.1:2/b",
                "FANBENCH_SETTINGS", "dialect=plain  subscribers=10",
                "FANBENCH_SLO", "p99.lastDelivery<250ms",
                "FANBENCH_PRECISION", "5%",
                "FANBENCH_LIMIT", "20m"));

    assertEquals(99, exitCode);
    assertEquals(
        List.of(
            "ab",
            "ws://127.0.0.1:1/a",
            "ws://127.0.0.1:2/b",
            "dialect=plain",
            "subscribers=10",
            "slo=p99.lastDelivery<250ms",
            "--precision=5%",
            "--limit=20m"),
        words());
    assertEquals("# B is slower\n", Files.readString(directory.resolve("summary")));
    String output = Files.readString(directory.resolve("output"));
    assertTrue(output.startsWith("exit-code=99\ncomparison="), output);
  }

  @Test
  void settingsMayHaveSeveralLines() throws Exception {
    run(
        Map.of(
            "FANBENCH_BASE", "a",
            "FANBENCH_CANDIDATE", "b",
            "FANBENCH_SETTINGS", "dialect=plain\nsubscribers=10 rate=4\n"));

    assertEquals(List.of("ab", "a", "b", "dialect=plain", "subscribers=10", "rate=4"), words());
  }

  /** A bad option, for example, after a step that had a comparison. */
  @Test
  void theComparisonOfAnEarlierStepIsNotShown() throws Exception {
    Path earlier = Files.createDirectories(home.resolve("reports/ab/20260101T000000Z"));
    Files.writeString(earlier.resolve("compare.md"), "# of an earlier step\n");
    executable(Files.writeString(home.resolve("fanbench"), "#!/bin/sh\nexit 2\n"));

    assertEquals(2, run(Map.of("FANBENCH_BASE", "a", "FANBENCH_CANDIDATE", "b")));

    assertEquals(
        "No pair was measured; the log of the step says why.\n",
        Files.readString(directory.resolve("summary")));
    assertEquals("exit-code=2\ncomparison=\n", Files.readString(directory.resolve("output")));
  }

  @Test
  void aFirstStepWithoutComparisonSaysSo() throws Exception {
    executable(Files.writeString(home.resolve("fanbench"), "#!/bin/sh\nexit 2\n"));

    assertEquals(2, run(Map.of("FANBENCH_BASE", "a", "FANBENCH_CANDIDATE", "b")));

    assertEquals(
        "No pair was measured; the log of the step says why.\n",
        Files.readString(directory.resolve("summary")));
  }

  @Test
  void nothingThatIsGivenIsEvaluated() throws Exception {
    run(
        Map.of(
            "FANBENCH_BASE", "$(touch evaluated)",
            "FANBENCH_CANDIDATE", "`touch evaluated`; touch evaluated",
            "FANBENCH_SETTINGS", "$(touch evaluated) *"));

    assertEquals(
        List.of(
            "ab",
            "$(touch evaluated)",
            "`touch evaluated`; touch evaluated",
            "$(touch",
            "evaluated)",
            "*"),
        words());
    assertTrue(Files.notExists(directory.resolve("evaluated")));
  }

  /** Each input reaches the step by the variable that it reads. */
  @Test
  void everyInputIsHandedOn() throws IOException {
    String action = Files.readString(HOME.resolve("action.yml"));
    String step = Files.readString(HOME.resolve("action/compare"));
    Matcher handedOn =
        Pattern.compile("(FANBENCH_\\w+): \\$\\{\\{ inputs\\.(\\w+) }}").matcher(action);
    Map<String, String> inputs = new TreeMap<>();
    while (handedOn.find()) {
      inputs.put(handedOn.group(2), handedOn.group(1));
    }
    assertEquals(
        List.of("base", "candidate", "limit", "precision", "settings", "slo"),
        List.copyOf(inputs.keySet()));
    inputs
        .values()
        .forEach(
            variable ->
                assertTrue(
                    step.contains("$" + variable) || step.contains("${" + variable), variable));
  }

  private List<String> words() throws IOException {
    return Files.readAllLines(home.resolve("words.txt"));
  }

  private int run(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", command());
    builder.directory(directory.toFile()).inheritIO();
    builder.environment().putAll(environment);
    builder.environment().put("GITHUB_ACTION_PATH", home.toString());
    builder.environment().put("GITHUB_STEP_SUMMARY", directory.resolve("summary").toString());
    builder.environment().put("GITHUB_OUTPUT", directory.resolve("output").toString());
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return process.exitValue();
  }

  /** The command of the step, as the runner gives it to bash. */
  private static String command() throws IOException {
    Matcher run = RUN.matcher(Files.readString(HOME.resolve("action.yml")));
    assertTrue(run.find());
    return run.group(1);
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
