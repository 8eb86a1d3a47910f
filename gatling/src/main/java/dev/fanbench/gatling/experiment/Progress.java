package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.export.ConsoleText;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Prints progress: a line when something begins or ends, and on a terminal one line in between that
 * is written over each second. Thread-safe.
 */
public final class Progress {
  /** Joins, leads and drains, roughly. */
  private static final double SECONDS_AROUND_A_PHASE = 0.5;

  private static final double SECONDS_AROUND_A_BLOCK = 0.15;

  private static final double SECONDS_TO_START = 3;

  private final PrintStream out;
  private final boolean terminal;
  private final LiveRun live;
  private final NanoClock clock;

  /** Seconds that are left at the end of the current part of the run. */
  private double secondsLeft;

  /** The begin of the current part. The seconds that were left then are below. */
  private long partNanos;

  private double partSecondsLeft;
  private int widthToClear;

  /**
   * Progress of a run on standard output.
   *
   * @param sides the options of each side of a duet, or else one for all targets
   */
  public Progress(List<Options> sides) {
    this(
        RunConsole.out(),
        isTerminal(),
        new LiveRun(SystemNanoClock.INSTANCE),
        sides.stream().mapToDouble(Progress::estimate).sum());
  }

  Progress(PrintStream out, boolean terminal, LiveRun live, double secondsLeft) {
    this(out, terminal, live, SystemNanoClock.INSTANCE, secondsLeft);
  }

  Progress(PrintStream out, boolean terminal, LiveRun live, NanoClock clock, double secondsLeft) {
    this.out = out;
    this.terminal = terminal;
    this.live = live;
    this.clock = clock;
    this.secondsLeft = secondsLeft;
  }

  /** The same for the page that shows the run in progress, if there is one. */
  public LiveRun live() {
    return live;
  }

  /** So many more targets are measured than the options name, such as floors. */
  synchronized void alsoMeasures(int targets, Options options) {
    secondsLeft += targets * secondsEach(options);
  }

  /** A line that stays, broken at 100 columns. */
  public synchronized void say(String line) {
    clear();
    out.println(ConsoleText.broken(line));
    out.flush();
  }

  /** The line that is written over; nothing when the output is no terminal. */
  synchronized void now(String line) {
    if (!terminal) {
      return;
    }
    clear();
    double elapsed = (clock.nanoTime() - partNanos) / 1e9;
    String text = line + left(Math.max(secondsLeft, partSecondsLeft - elapsed));
    out.print(text + "\r");
    out.flush();
    widthToClear = text.length();
  }

  /** A target is being started. */
  synchronized void starting(String label) {
    say(label + ": starting" + left(secondsLeft));
    live.starting(label, Math.max(0, secondsLeft));
    takes(SECONDS_TO_START);
  }

  /**
   * A phase begins with these targets.
   *
   * @param alternate whether they have it at the same time, and not in turn
   */
  synchronized void begins(Phase phase, List<String> labels, boolean alternate) {
    String inTurn = phase.blocks() == 1 ? "" : ", %d turns each".formatted(phase.blocks());
    String turns = alternate ? ", alternately" : inTurn;
    say(
        String.format(
                Locale.ROOT,
                "%s: %s on %s%s",
                phase.name(),
                offer(phase),
                String.join(", ", labels),
                phase.warmUp() ? "" : turns)
            + left(secondsLeft));
    takes((alternate ? 1 : labels.size()) * seconds(phase));
  }

  /** The next part of the run begins, and takes so long. */
  private void takes(double seconds) {
    partNanos = clock.nanoTime();
    partSecondsLeft = secondsLeft;
    secondsLeft -= seconds;
  }

  private static String offer(Phase phase) {
    return phase.kind() == PhaseKind.IDLE
        ? LiveView.offer(phase)
        : String.format(
            Locale.ROOT, "%,d arrivals at %s/s", phase.count(), rate(phase.ratePerSecond()));
  }

  /** A target has its turn. */
  synchronized void offers(String label, Phase phase) {
    live.begins(label, phase, Math.max(0, secondsLeft));
  }

  private static String left(double seconds) {
    return seconds > 0
        ? String.format(Locale.ROOT, "  (about %.0f s left)", Math.ceil(seconds))
        : "  (longer than planned)";
  }

  private void clear() {
    if (widthToClear > 0) {
      out.print(" ".repeat(widthToClear) + "\r");
      widthToClear = 0;
    }
  }

  /** The JVM tells terminals apart from pipes only since Java 22; the system always does. */
  private static boolean isTerminal() {
    try {
      String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static String rate(double perSecond) {
    return perSecond == Math.rint(perSecond)
        ? String.valueOf((long) perSecond)
        : String.valueOf(perSecond);
  }

  private static double estimate(Options options) {
    return options.targets().size() * secondsEach(options);
  }

  private static double secondsEach(Options options) {
    return SECONDS_TO_START
        + options.workload().phases().stream().mapToDouble(Progress::seconds).sum();
  }

  private static double seconds(Phase phase) {
    return phase.seconds() + SECONDS_AROUND_A_PHASE + phase.blocks() * SECONDS_AROUND_A_BLOCK;
  }
}
