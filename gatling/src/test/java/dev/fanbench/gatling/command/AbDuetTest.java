package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.run.RecordedRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** {@code ab} with real processes: three pairs of the floor and a small load. */
@Timeout(300)
class AbDuetTest {
  private static final List<String> LOAD =
      List.of(
          "--runs=3",
          "--simulation=fanout",
          "workload=quick",
          "subscribers=5",
          "rate=40",
          "duration=2s",
          "warmUp=0s",
          "drain=1s");

  private final StringWriter out = new StringWriter();
  private Path directory;

  @BeforeEach
  void runInTheCheckout() {
    System.setProperty("fanbench.home", Path.of("..").toAbsolutePath().normalize().toString());
  }

  @AfterEach
  void leaveNothingBehind() throws IOException {
    System.clearProperty("fanbench.home");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A slowdown by the whole is found, or is too small beside the rest; faster it is never. */
  @Test
  void bothTargetsAreUpAndTheirRunsArePairs() throws Exception {
    int exitCode = ab("floor", "target=floor,slowdown=1", "--duet");
    assertTrue(List.of(0, 97, 99).contains(exitCode), out::toString);
    assertTrue(out.toString().contains("One look, after 3 pairs."), out::toString);
    assertTrue(
        out.toString().contains("The ratios are means over 3 pairs of neighbouring runs."),
        out::toString);
    List<RecordedRun> base = side("a").runs();
    List<RecordedRun> now = side("b").runs();
    for (int pair = 0; pair < 3; pair++) {
      assertTrue(base.get(pair).run().tookTurnsWith(now.get(pair).run()));
      assertEquals("floor-a", base.get(pair).run().target().label());
      assertEquals("1.0", now.get(pair).run().target().settings().get("slowdown"));
      assertEquals(2 * 40, now.get(pair).measured().get(0).arrivals().size());
      assertEquals(8, now.get(pair).measured().get(0).result().blocks().size());
    }
  }

  private int ab(String... arguments) {
    int exitCode =
        new CommandLine(new AbCommand())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(out, true))
            .execute(Stream.concat(Stream.of(arguments), LOAD.stream()).toArray(String[]::new));
    directory =
        Path.of(out.toString().lines().reduce((a, b) -> b).orElseThrow().replace("Report: ", ""))
            .getParent();
    return exitCode;
  }

  private ComparedSide side(String folder) throws IOException {
    return ComparedSide.read(folder, List.of(directory.resolve(folder)));
  }
}
