package dev.fanbench.gatling;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.gatling.options.TargetChoice;
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
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** A {@link TargetRun} as the experiment would take it through its steps, without Gatling. */
final class SteppedRun {
  final CompletableFuture<String> failure = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final LiveRun live = new LiveRun(SystemNanoClock.INSTANCE);
  private final TargetRun run;

  /** Done once: a process that gave cores up has none to give up again. */
  private static final class Apart {
    static final Pinning PINNING = Pinning.apply();
  }

  private SteppedRun(TargetChoice choice, Options options, Pinning pinning) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    run =
        new TargetRun(
            choice,
            options.workload(),
            options,
            pinning,
            new Progress(nowhere, false, live, 0),
            this::fail,
            over);
  }

  static SteppedRun of(TargetChoice choice, Options options) {
    return new SteppedRun(choice, options, Pinning.off("test"));
  }

  /** With target and load on cores of their own, where times are looked at. */
  static SteppedRun measured(TargetChoice choice, Options options) {
    return new SteppedRun(choice, options, Apart.PINNING);
  }

  /** Options of a short workload, written into the directory, whose phases are given as HOCON. */
  static Options options(Path directory, String target, String phases) throws IOException {
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
    properties.setProperty("fanbench.floor", "off");
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

  /** All of it; what it wrote. */
  RecordedRun whole() throws Exception {
    return whole((phase, attempt) -> ArrivalListener.none());
  }

  RecordedRun whole(BiFunction<Phase, Integer, ArrivalListener> listeners) throws Exception {
    try {
      run.start();
      while (run.hasNextPhase()) {
        phase(listeners);
        run.endPhase();
      }
      run.end();
    } finally {
      run.close(failure.getNow("cut short"));
    }
    return recorded();
  }

  /**
   * Up to the first phase's arrivals, which go on by themselves, then what is given, then its end.
   */
  RecordedRun cutShort(ArrivalListener listener, Cut cut) throws Exception {
    try {
      run.start();
      phase((phase, attempt) -> listener);
      cut.make();
      run.endPhase();
    } finally {
      run.close(failure.getNow("was not told"));
    }
    return recorded();
  }

  /** What a page would show of it now. */
  LiveView view() {
    return live.view();
  }

  /** The target's process. */
  long pid() {
    return run.pid().orElseThrow();
  }

  Path written() {
    return run.directory().orElseThrow();
  }

  private void phase(BiFunction<Phase, Integer, ArrivalListener> listeners) throws Exception {
    run.prepareNextPhase(listeners);
    for (int sender = 0; sender < 8; sender++) {
      run.arrivals(() -> {});
    }
  }

  private RecordedRun recorded() throws IOException {
    return RunReader.read(written());
  }

  private void fail(String why) {
    failure.complete(why);
    over.complete(null);
  }

  /** What cuts a run short. */
  @FunctionalInterface
  interface Cut {
    void make() throws Exception;
  }
}
