package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CalibrateCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void writesAModelAndSaysWhatItCannotTell() throws Exception {
    Path run = run(SimulatedRun.workload(false));
    Path model = directory.resolve("mine.json");
    assertEquals(0, execute(run.toString(), "--out", model.toString()), errors::toString);
    JsonNode hops = new JsonMapper().readTree(model.toFile()).path("hops");
    assertEquals(2, hops.size());
    assertTrue(hops.at("/invoke/p50Millis").asDouble() > 0, hops::toString);
    assertTrue(hops.at("/post/p50Millis").asDouble() > 0, hops::toString);
    assertTrue(
        out.toString().startsWith("serverless: fitted to 1,600 publications"), out::toString);
    assertTrue(out.toString().contains("Not told apart"), out::toString);
    assertTrue(errors.toString().startsWith("warning: serverless was measured on this machine"));
  }

  @Test
  void leavesOutWhatTheEmulatorTakesByItself() throws Exception {
    Path run = run(SimulatedTarget.serverless("serverless-aws"), SimulatedRun.workload(false));
    Path software =
        run(
            SimulatedTarget.serverless("serverless").with("model", "none"),
            SimulatedRun.workload(false));
    Path model = directory.resolve("mine.json");
    assertEquals(0, execute(run.toString(), "--out", model.toString()), errors::toString);
    double all = invokeMillis(model);
    assertEquals(
        0,
        execute(run.toString(), "--out", model.toString(), "--software", software.toString()),
        errors::toString);
    assertTrue(invokeMillis(model) < all / 10, () -> "of " + all + ": " + out);

    assertEquals(2, execute(run.toString(), "--software", run.toString()));
    assertTrue(
        errors
            .toString()
            .contains("measured with model unknown; --software takes a run with model=none"),
        errors::toString);
  }

  private static double invokeMillis(Path model) throws Exception {
    return new JsonMapper().readTree(model.toFile()).at("/hops/invoke/p50Millis").asDouble();
  }

  @Test
  void runThatCannotTellIsOneSentence() throws Exception {
    assertEquals(2, execute(run(SimulatedRun.workload(true)).toString()));
    assertTrue(
        errors.toString().startsWith("to calibrate, a run needs a room of 5 times the 50 posts"),
        errors::toString);
    assertEquals(2, execute(directory.resolve("nothing").toString()));
  }

  @Test
  void runThatIsNotValidIsNotFitted() throws Exception {
    Path late =
        new Runs(directory.resolve("late"))
            .unusable("netty", Verdict.INVALID, "the load was late")
            .directories()
            .get(0);
    assertEquals(2, execute(late.toString()));
    assertTrue(
        errors.toString().contains(" is INVALID; calibrate takes a run that is VALID"),
        errors::toString);
  }

  private Path run(Workload workload) throws Exception {
    return run(SimulatedTarget.serverless("serverless"), workload);
  }

  private Path run(SimulatedTarget target, Workload workload) throws Exception {
    return SimulatedRun.write(
        Files.createDirectories(directory.resolve("runs")),
        target,
        workload,
        SimulatedRun.VALID,
        List.of());
  }

  private int execute(String... arguments) {
    return new CommandLine(new CalibrateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(errors))
        .execute(arguments);
  }
}
