package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.tokens.Credential;
import dev.fanbench.tokens.TokenKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TokenCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final TokenKey key = TokenKey.random();
  private final Map<String, String> environment = Map.of(TokenKey.VARIABLE, key.secret());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void tokenIsGoodForAnHour() {
    assertEquals(0, run(environment, "--sub", "ada"));
    assertGoodUntil(NOW.plusSeconds(3_600));
  }

  @Test
  void secretAndLifeMayBeGiven() {
    assertEquals(0, run(Map.of(), "--sub", "ada", "--secret", key.secret(), "--expires", "7d"));
    assertGoodUntil(NOW.plusSeconds(7 * 86_400));
  }

  @Test
  void whatIsMissingOrBadIsASentenceAndExitCode2() {
    assertEquals(2, run(Map.of(), "--sub", "ada"));
    assertTrue(err.toString().contains(TokenKey.VARIABLE), err.toString());
    assertEquals(2, run(environment));
    assertTrue(err.toString().contains("--sub"), err.toString());
    assertEquals(2, run(environment, "--sub", "ada", "--expires", "soon"));
    assertTrue(err.toString().contains("'soon' is no time"), err.toString());
    assertEquals("", out.toString());
  }

  private void assertGoodUntil(Instant end) {
    Credential credential = new Credential(out.toString().strip());
    assertEquals(Optional.of("ada"), key.user(credential, end.minusSeconds(1)));
    assertEquals(Optional.empty(), key.user(credential, end));
  }

  private int run(Map<String, String> variables, String... arguments) {
    CommandLine command =
        TokenCommand.commandLine(Clock.fixed(NOW, ZoneOffset.UTC), variables::get);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
