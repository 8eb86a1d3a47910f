package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.model.LiveRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints progress: a line when something begins or ends, and on a terminal one line in between that
 * is written over each second. Thread-safe.
 */
public final class Progress {
  /** Start, joins, leads and drains of one phase, roughly. */
  private static final double SECONDS_AROUND_A_PHASE = 1.5;

  private static final double SECONDS_TO_START = 5;

  private final PrintStream out;
  private final boolean terminal;
  private final LiveRun live;
  private double secondsLeft;
  private int widthToClear;

  /** Progress of a run with these options, on standard output. */
  public Progress(Options options) {
    this(System.out, isTerminal(), new LiveRun(SystemNanoClock.INSTANCE), estimate(options));
  }

  Progress(PrintStream out, boolean terminal, LiveRun live, double secondsLeft) {
    this.out = out;
    this.terminal = terminal;
    this.live = live;
    this.secondsLeft = secondsLeft;
  }

  /** The same for the page that shows the run in progress, if there is one. */
  public LiveRun live() {
    return live;
  }

  /** A line that stays. */
  public synchronized void say(String line) {
    clear();
    out.println(line);
    out.flush();
  }

  /** The line that is written over; nothing when the output is no terminal. */
  synchronized void now(String line) {
    if (!terminal) {
      return;
    }
    clear();
    out.print(line + "\r");
    out.flush();
    widthToClear = line.length();
  }

  /** A target is being started. */
  synchronized void starting(String label) {
    say(label + ": starting" + left());
    live.starting(label, secondsLeft);
    secondsLeft -= SECONDS_TO_START;
  }

  /** A phase begins. */
  synchronized void begins(String label, Phase phase) {
    String what =
        String.format(
            Locale.ROOT,
            "%s: %s, %,d arrivals at %s/s",
            label,
            phase.name(),
            phase.count(),
            rate(phase.ratePerSecond()));
    say(what + left());
    live.begins(label, phase, secondsLeft);
    secondsLeft -= seconds(phase);
  }

  private String left() {
    return String.format(Locale.ROOT, "  (about %.0f s left)", Math.ceil(secondsLeft));
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
    double seconds = options.floorWorkload().map(Progress::seconds).orElse(0.0);
    return seconds + options.targets().size() * seconds(options.workload());
  }

  private static double seconds(Workload workload) {
    return SECONDS_TO_START + workload.phases().stream().mapToDouble(Progress::seconds).sum();
  }

  private static double seconds(Phase phase) {
    return phase.seconds() + SECONDS_AROUND_A_PHASE;
  }
}
