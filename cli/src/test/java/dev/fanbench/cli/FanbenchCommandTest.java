package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FanbenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeAll
  static void runInTheCheckout() {
    System.setProperty("fanbench.home", "..");
  }

  @AfterAll
  static void forgetIt() {
    System.clearProperty("fanbench.home");
  }

  @Test
  void helpNamesEveryCommand() {
    assertEquals(0, execute("--help"));
    for (String command : FanbenchCommand.commandLine().getSubcommands().keySet()) {
      assertTrue(out.toString().contains("\n  " + command + " "), command);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "serve",
        "report",
        "compare",
        "ab",
        "search",
        "merge",
        "calibrate",
        "token",
        "readme",
        "completion"
      })
  void eachCommandHasHelpInOneStyle(String command) {
    assertEquals(0, execute(command, "--help"));
    assertTrue(out.toString().startsWith("Usage: ./fanbench " + command), out::toString);
    assertTrue(out.toString().contains("-h, --help"), out::toString);
  }

  /** The options of all other commands would delay the start of a server. */
  @Test
  void serveIsBuiltWithoutTheOtherCommands() {
    assertEquals(Set.of("serve"), FanbenchCommand.commandLine("serve").getSubcommands().keySet());
    assertTrue(FanbenchCommand.commandLine("run").getSubcommands().containsKey("serve"));
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().matches("(?s)fanbench \\d+\\.\\d+.*Java \\d+.*"), out::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "                      | no command is given; run, serve, check, report,",
        "serach                | 'serach' is not expected here; did you mean search?",
        "run --simulatoin all  | --simulatoin is not an option; did you mean --simulation?",
        "run --simulation all  | --simulation=all is not allowed; --simulation takes tradeoff, connect",
        "run rat=4             | rat is not a known key. Did you mean rate?",
        "run -Dfanbench.rat=4  | rat is not a known key. Did you mean rate?",
        "serve jetty           | serve jetty is not allowed; serve takes aws-chat-sample, chat-node, chat-python, durable-object, floor, graphql-ws",
        "serve                 | serve needs a server; it takes aws-chat-sample, chat-node, chat-python, durable-object, floor, graphql-ws",
        "serve --port 9002     | serve --port is not allowed; serve takes aws-chat-sample, chat-node, chat-python, durable-object, floor",
        "serve --template t x  | serve --template t x is not allowed; serve takes --template or NAME",
        "ab netty              | the parameter B is missing",
        "merge one             | the parameter RUN is missing",
        "token                 | the option --sub is missing",
        "compare a b --seed x  | --seed=x is not allowed; --seed takes a whole number",
        "report nowhere        | nowhere"
      })
  void mistakeIsOneSentenceAndExitCode2(String words, String sentence) {
    assertEquals(2, execute(words == null ? new String[0] : words.strip().split(" +")));
    String told = errors.toString();
    assertTrue(told.contains(sentence), told);
    assertEquals(1, told.lines().count(), told);
    assertEquals("", out.toString());
  }

  @Test
  void completionKnowsCommandsOptionsAndValues() {
    assertEquals(0, execute("completion"));
    String script = out.toString();
    for (String word : new String[] {"search", "--simulation", "reconnect-storm", "serverless"}) {
      assertTrue(script.contains(word), word);
    }
    assertTrue(script.contains("rate="), "keys of options");
  }

  private int execute(String... words) {
    CommandLine commandLine =
        FanbenchCommand.commandLine(words)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(errors, true));
    return FanbenchCommand.execute(commandLine, words);
  }
}
