package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Mistyped words are rejected before a run starts. */
class CommandsTest {

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

  @ParameterizedTest
  @CsvSource({
    "netty rat=4, 'rat is not a known key. Did you mean rate? Known are target, '",
    "netty serverless nowhere, workload takes one of",
    "netty serverless --runs 2, a number from 3 to 100",
    "netty serverless --precision 5, '--precision takes a share from 0.1% to 100%'",
    "netty serverless --smallest-change 0%, '--smallest-change takes a share from 0.1% to 100%'",
    "netty serverless --precision 5% --runs 101, '--runs takes a number from 3 to 100'",
    "netty serverless --limit soon, '--limit takes a time such as 30m'",
    "netty serverless --control ws, '--control takes none or floor'",
    "netty netty --duet --control=floor, exclude each other",
    "rate=4 netty --duet target=netty, A duet offers both sides the same load",
    "netty serverless --metric p5, rank.series@phase",
    "netty serverless --metric p50.lastDelivery@fanout-7, 'of a phase that is measured, such as p50.'",
    "netty netty --duet --metric cpu@fanout-7 --simulation fanout subscribers=10, 'such as p50.lastDelivery@fanout-10.'",
    "netty serverless --metric p50.response@fanout-10 --simulation fanout subscribers=10, 'such as p50.lastDelivery@fanout-10.'",
    "netty serverless --simulation all, '\"all\" is none of [tradeoff, connect'",
    "netty, Missing required parameter: 'B'"
  })
  void ab(String arguments, String answer) {
    assertRefused(new AbCommand(), arguments, answer);
  }

  @ParameterizedTest
  @CsvSource({
    "speed subscribers=10, rate and subscribers can",
    "rate, A search for rate takes subscribers=",
    "rate subscribers=10 --from 50 --to 20, a search for rate starts at"
  })
  void search(String arguments, String answer) {
    assertRefused(new SearchCommand(), arguments, answer);
  }

  @ParameterizedTest
  @CsvSource({
    "ws://127.0.0.1:1 --room #general, #general",
    "ws://127.0.0.1:1 --listen -1, --listen takes a whole number from 0 to",
    "http://127.0.0.1:1, URL takes ws://host:port/path",
    "ws://ada:secret@127.0.0.1:1, URL=…@127.0.0.1:1 is not allowed",
    "ws://127.0.0.1:1 --dialect none, dialect takes"
  })
  void check(String arguments, String answer) {
    assertRefused(new CheckCommand(), arguments, answer);
  }

  private void assertRefused(Callable<Integer> command, String arguments, String answer) {
    assertEquals(2, execute(command, arguments.split(" ")));
    assertTrue(errors.toString().contains(answer), errors::toString);
  }

  private int execute(Callable<Integer> command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
