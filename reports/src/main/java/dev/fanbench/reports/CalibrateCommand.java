package dev.fanbench.reports;

import dev.fanbench.measurement.calibration.Calibration;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.measurement.run.Validity.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code calibrate RUN}: the emulator's latencies from a run against a real stage. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description = {
      "Fits a latency model to a run of the serverless chat on AWS.",
      "The file is what model=FILE and serve serverless --model FILE take."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:written",
      "1:the model cannot be written",
      "2:bad option, no such run, or one that cannot tell or is not VALID"
    })
public final class CalibrateCommand implements Callable<Integer> {

  private static final int CANNOT_WRITE = 1;
  private static final int BAD_INPUT = 2;
  private static final String SETTING = "postConcurrency";
  private static final String STANDARD = "50";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run directory.")
  private Path directory;

  @Option(
      names = "--post-concurrency",
      paramLabel = "NUMBER",
      description = {
        "Posts in flight per function, the stack's parameter PostConcurrency;",
        "default the run's own setting, or " + STANDARD + "."
      })
  private Integer inFlight;

  @Option(
      names = "--software",
      paramLabel = "RUN",
      description = {
        "A run of the same rooms on the emulator with model=none: what the emulator takes by",
        "itself is then left out of the model, which comes on top of it."
      })
  private Path software;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The model file; default RUN-model.json in the current folder.")
  private Path out;

  @Override
  public Integer call() {
    PrintWriter errors = spec.commandLine().getErr();
    Path file =
        out == null
            ? Path.of(directory.toAbsolutePath().normalize().getFileName() + "-model.json")
            : out;
    try {
      RecordedRun run = valid(directory);
      Calibration calibration = fit(run);
      String name = directory.toAbsolutePath().normalize().getFileName().toString();
      Files.writeString(file, calibration.model(name));
      print(calibration, run, file);
      warnOfALocalRun(run, errors);
      return 0;
    } catch (UnreadableRunException | IllegalArgumentException e) {
      errors.println(e.getMessage());
      return BAD_INPUT;
    } catch (IOException e) {
      errors.println("cannot write the model to " + file + ": " + FileError.words(e));
      return CANNOT_WRITE;
    }
  }

  private static RecordedRun valid(Path directory) throws IOException {
    RecordedRun run = RunReader.read(directory);
    Verdict verdict = run.run().validity().verdict();
    if (verdict != Verdict.VALID) {
      throw new IllegalArgumentException(
          "the run %s is %s; calibrate takes a run that is VALID".formatted(directory, verdict));
    }
    return run;
  }

  /** A run on this machine has the emulator's own times, which a model comes on top of. */
  private static void warnOfALocalRun(RecordedRun run, PrintWriter errors) {
    if (run.run().target().launched()) {
      errors.println(
          "warning: "
              + run.run().target().label()
              + " was measured on this machine; a model of AWS needs a run against a stage on AWS");
    }
  }

  private Calibration fit(RecordedRun run) throws IOException {
    if (software == null) {
      return Calibration.of(run, inFlight(run));
    }
    RecordedRun own = valid(software);
    String model = own.run().target().settings().getOrDefault("model", "unknown");
    if (!model.equals("none")) {
      throw new IllegalArgumentException(
          "--software=%s was measured with model %s; --software takes a run with model=none"
              .formatted(software, model));
    }
    return Calibration.of(run, own, inFlight(run));
  }

  private int inFlight(RecordedRun run) {
    return inFlight == null
        ? Integer.parseInt(run.run().target().settings().getOrDefault(SETTING, STANDARD))
        : inFlight;
  }

  private void print(Calibration fit, RecordedRun run, Path file) {
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        "%s: fitted to %s publications, %d posts in flight%n"
            + "  fixed hops together  %s%n"
            + "  one post             %s, mean %s: each member of a large room adds %s%n",
        run.run().target().label(),
        UnitFormat.count(fit.publications()),
        fit.inFlight(),
        fit.fixed(),
        fit.post(),
        UnitFormat.time(fit.postMeanNanos()),
        UnitFormat.time(fit.postMeanNanos() / fit.inFlight()));
    for (Calibration.Room room : fit.rooms()) {
      console.printf(
          "  room of %-12s p50 of last delivery: measured %s, model %s (%s)%n",
          UnitFormat.count(room.members()),
          UnitFormat.time(room.measuredNanos()),
          UnitFormat.time(room.modelNanos()),
          UnitFormat.ratio(room.modelNanos() / room.measuredNanos()));
    }
    console.printf(
        "Not told apart, because a client sees only their sum: the network, API Gateway to the%n"
            + "function, the store's calls and the push. In the file they are all in \"invoke\", which also%n"
            + "delays what no fan-out measures (connects, echoes); \"handshake\" is not fitted.%n"
            + "Written: %s; measure with it by -Dfanbench.model=%s%n",
        file, file);
    console.flush();
  }
}
