package dev.fanbench.gatling;

import static java.util.stream.Collectors.toSet;

import dev.fanbench.gatling.experiment.Experiment;
import dev.fanbench.gatling.experiment.Gathering;
import dev.fanbench.gatling.experiment.RunConsole;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.reports.Report;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.target.TargetKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The end of an experiment, however it comes: runs written, report written, no process left behind,
 * and one sentence with one exit code. Gatling prints its own summary last, so ours is printed by a
 * shutdown hook, after it; the hook also serves Ctrl-C.
 */
final class ExitReport {
  private static final String INTERRUPTED = "interrupted before its end";

  private final Options options;
  private final Experiment experiment;
  private final LivePort live;
  private boolean reported;
  private String summary = "";
  private ExitCode exitCode = ExitCode.OK;
  private String sentence = "";

  private ExitReport(Options options, Experiment experiment, LivePort live) {
    this.options = options;
    this.experiment = experiment;
    this.live = live;
  }

  static ExitReport of(Options options, Experiment experiment, LivePort live) {
    ExitReport ending = new ExitReport(options, experiment, live);
    Runtime.getRuntime().addShutdownHook(new Thread(ending::leave, "run-ending"));
    return ending;
  }

  /** Whether a single fault of the target fails the run; Gatling's own assertion may then too. */
  boolean failsOnEachFault() {
    return options.slos().stream().anyMatch(Slo::failsOnEachFault);
  }

  Experiment experiment() {
    return experiment;
  }

  /** Writes the report of whatever was measured. Does nothing the second time. */
  synchronized void report() {
    if (reported) {
      return;
    }
    reported = true;
    experiment.close();
    Optional<Path> page = Optional.empty();
    Gathering gathering = experiment.gather();
    gathering.lines().forEach(line -> summary += line + System.lineSeparator());
    try {
      if (!gathering.directories().isEmpty()) {
        Report report =
            ReportWriter.write(gathering.directories(), options.directory(OptionCatalog.SITE));
        summary += report.consoleText();
        page = Optional.of(report.page());
        judge(gathering.runs());
      }
      gathering.verdict().ifPresent(all -> fail(ExitCode.of(all.exitCode()), all.sentence()));
    } catch (IOException e) {
      fail(ExitCode.ERROR, "The report could not be written: " + FileError.words(e) + ".");
    } catch (RuntimeException | Error e) {
      fail(ExitCode.ERROR, "The report could not be written. " + experiment.end().sentence(e));
    }
    gathering.failure().ifPresent(reason -> fail(ExitCode.ERROR, reason));
    ExitCode early = experiment.end().lost() ? ExitCode.SLO_MISSED : ExitCode.ERROR;
    experiment.end().reason().ifPresent(reason -> fail(early, reason));
    experiment.tell(exitCode.code(), sentence);
    live.close(verdicts(), page);
  }

  private List<String> verdicts() {
    Stream<String> runs =
        experiment.runs().stream()
            .flatMap(run -> run.result().stream())
            .map(run -> run.target().label() + ": " + run.validity().verdict());
    return Stream.concat(runs, Stream.of(sentence).filter(line -> !line.isEmpty())).toList();
  }

  /** The worst is last: lost messages are told even of a run that cannot be trusted. */
  private void judge(List<Run> runs) {
    judge(runs, slo -> slo.decision() == Decision.UNDECIDED, ExitCode.UNDECIDED);
    judge(runs, slo -> slo.decision() == Decision.MISSED, ExitCode.SLO_MISSED);
    for (Run run : runs) {
      boolean floor = run.target().kind().equals(TargetKind.FLOOR.key());
      if (!floor && run.validity().verdict() == Validity.Verdict.INVALID) {
        fail(
            ExitCode.INVALID,
            run.target().label()
                + ": the run is INVALID: "
                + run.validity().reasons().get(0)
                + more(run.validity().reasons().size() - 1));
      }
    }
    Set<String> counts =
        options.slos().stream().filter(Slo::isCount).map(Slo::expression).collect(toSet());
    judge(
        runs,
        slo -> slo.decision() == Decision.MISSED && counts.contains(slo.expression()),
        ExitCode.SLO_MISSED);
  }

  private void judge(List<Run> runs, Predicate<SloVerdict> which, ExitCode code) {
    for (Run run : runs) {
      run.slos().stream()
          .filter(slo -> slo.gate() && which.test(slo))
          .forEach(slo -> fail(code, sentence(run.target().label(), slo)));
    }
  }

  private static String more(int reasons) {
    return reasons == 0 ? "" : ", and " + reasons + " more above";
  }

  private static String sentence(String label, SloVerdict slo) {
    return label + ": " + slo.sentence();
  }

  /** A later reason outweighs an earlier one. */
  private void fail(ExitCode code, String why) {
    exitCode = code;
    sentence = why;
  }

  /** Whether the run had not come to its end. */
  private synchronized boolean interruptUnlessReported() {
    if (!reported) {
      experiment.end().because(INTERRUPTED);
    }
    return !reported && experiment.end().reason().filter(INTERRUPTED::equals).isPresent();
  }

  private void leave() {
    boolean interrupted = interruptUnlessReported();
    report();
    if (interrupted) {
      fail(ExitCode.INTERRUPTED, INTERRUPTED);
    }
    RunConsole.out().print(summary);
    if (exitCode != ExitCode.OK) {
      RunConsole.out().flush();
      System.err.println("fanbench: " + sentence);
      Runtime.getRuntime().halt(exitCode.code());
    }
    RunConsole.out().flush();
  }
}
