package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** An experiment with one target, whose arrivals are taken by plain callers instead of Gatling. */
public final class ExperimentInTest {
  private static final int USERS = 8;

  private final LiveRun live = new LiveRun(SystemNanoClock.INSTANCE);
  private final Experiment experiment;

  /** Done once: a process that gave cores up has none to give up again. */
  private static final class Apart {
    static final Pinning PINNING = Pinning.apply();
  }

  private ExperimentInTest(TargetChoice choice, Options options, Pinning pinning) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    experiment = Experiment.of(choice, options, pinning, new Progress(nowhere, false, live, 0));
  }

  /** With target and load on any cores. */
  public static ExperimentInTest of(TargetChoice choice, Options options) {
    return new ExperimentInTest(choice, options, Pinning.off("test"));
  }

  /** With target and load on cores of their own, where times are looked at. */
  static ExperimentInTest measured(TargetChoice choice, Options options) {
    return new ExperimentInTest(choice, options, Apart.PINNING);
  }

  /** With target and load on any cores, and a load that takes them for so many. */
  static ExperimentInTest onCores(TargetChoice choice, Options options, int cores) {
    List<Integer> load = IntStream.range(0, cores).boxed().toList();
    return new ExperimentInTest(choice, options, new Pinning(List.of(), load, "test"));
  }

  /** Options of a short workload, written into the directory, whose phases are given as HOCON. */
  public static Options options(Path directory, String target, String phases) throws IOException {
    return options(directory, target, phases, "off");
  }

  /** The same, with a floor beside the targets or without. */
  static Options options(Path directory, String target, String phases, String floor)
      throws IOException {
    Path workload =
        Files.writeString(
            directory.resolve("faults.conf"),
            """
            warmUp = 0s, drain = 2s, payloadBytes = 64, arrivals = constant, seed = 1
            slo = ["missing==0"]
            """
                + phases);
    Properties properties = new Properties();
    properties.setProperty("fanbench.home", Path.of("..").toAbsolutePath().toString());
    properties.setProperty("fanbench.workload", workload.toString());
    properties.setProperty("fanbench.target", target);
    properties.setProperty("fanbench.floor", floor);
    properties.setProperty("fanbench.out", directory.resolve("runs").toString());
    properties.setProperty("fanbench.site", directory.resolve("site").toString());
    Files.createDirectories(directory.resolve("runs"));
    EnumSet<PhaseKind> kinds = EnumSet.noneOf(PhaseKind.class);
    for (PhaseKind kind : PhaseKind.values()) {
      String section = "\\b" + kind.name().toLowerCase(Locale.ROOT) + "\\b";
      if (Pattern.compile(section).matcher(phases).find()) {
        kinds.add(kind);
      }
    }
    return OptionsReader.read(properties, kinds, "default");
  }

  /** Runs it to its end; returns the run that it wrote. */
  public RecordedRun whole() throws Exception {
    return whole(phase -> ArrivalListener.none());
  }

  RecordedRun whole(Function<Phase, ArrivalListener> listeners) throws Exception {
    return run(new Users(listeners, () -> {}));
  }

  /** Runs it, and makes the cut when the first phase's arrivals have begun. */
  RecordedRun cutShort(ArrivalListener listener, Cut cut) throws Exception {
    return run(new Users(phase -> listener, cut));
  }

  private RecordedRun run(Users users) throws IOException {
    try {
      experiment.run(users);
    } finally {
      experiment.close();
    }
    return RunReader.read(written());
  }

  /** The reason of an early end. */
  Optional<String> failure() {
    return experiment.end().reason();
  }

  /** The view that the live page shows now. */
  LiveView view() {
    return live.view();
  }

  /** The target's process. */
  long pid() {
    return experiment.runs().get(0).pid().orElseThrow();
  }

  Path written() {
    if (experiment.runs().isEmpty()) {
      throw new AssertionError(failure().orElse("nothing was measured"));
    }
    return experiment.runs().get(0).directory().orElseThrow();
  }

  private record Users(Function<Phase, ArrivalListener> listeners, Cut cut) implements UserPool {

    @Override
    public ArrivalListener listener(String target, Phase phase) {
      return listeners.apply(phase);
    }

    @Override
    public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
      CompletableFuture<Void> taken = phase.takeArrivals(USERS);
      cut.make();
      UserPool.await(taken, early);
    }
  }

  /** Cuts a run short. */
  @FunctionalInterface
  interface Cut {
    void make() throws InterruptedException;
  }
}
