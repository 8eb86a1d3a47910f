package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The script itself, as far as it answers without Java. */
@Timeout(60)
class LauncherTest {

  private record Answer(int exitCode, String text) {}

  @Test
  void helpNamesEveryCommandThatTheTabKeyKnows() throws Exception {
    Answer help = fanbench("--help");
    assertEquals(0, help.exitCode());
    for (String command : CompletionCommand.COMMANDS.split(" ", -1)) {
      assertTrue(help.text().contains("\n  " + command + " "), command);
    }
    assertEquals(help, fanbench());
  }

  @Test
  void aCommandThatIsNoneIsAnsweredByThoseThatAre() throws Exception {
    Answer answer = fanbench("serach");
    assertEquals(2, answer.exitCode());
    for (String command : CompletionCommand.COMMANDS.split(" ", -1)) {
      assertTrue(answer.text().contains(command), command);
    }
  }

  @Test
  void aTargetThatIsNoneIsAnsweredByThoseThatAre() throws Exception {
    Answer answer = fanbench("serve", "jetty");
    assertEquals(2, answer.exitCode());
    assertEquals("fanbench: serve takes netty or serverless, not 'jetty'\n", answer.text());
  }

  private static Answer fanbench(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", Path.of("..", "fanbench").toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }
}
