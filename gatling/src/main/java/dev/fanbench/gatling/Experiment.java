package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.stopLoadGeneratorIf;

import dev.fanbench.gatling.action.Rows;
import dev.fanbench.gatling.action.Steps;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.workload.Workload;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole experiment: one target after another, each through start, phases and verdict. Gatling
 * runs it as one scenario whose users take the steps together and the arrivals in turn; what may
 * block runs on one thread of our own, in order.
 */
final class Experiment {
  /** Arrivals that can be armed at one time; bursts of a Poisson schedule need some. */
  private static final int USERS = 64;

  private final Options options;
  private final Progress progress;
  private final List<TargetRun> runs = new ArrayList<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "run-worker");
            thread.setDaemon(true);
            return thread;
          });
  private volatile String failure;

  Experiment(Options options, Progress progress) {
    this.options = options;
    this.progress = progress;
    Pinning pinning = options.pin() ? Pinning.apply() : Pinning.off("pin=off");
    options.floorWorkload().ifPresent(floor -> add(TargetChoice.Launched.FLOOR, floor, pinning));
    options.targets().forEach(target -> add(target, options.workload(), pinning));
  }

  private void add(TargetChoice target, Workload workload, Pinning pinning) {
    runs.add(new TargetRun(target, workload, options, pinning, progress, this::fail, over));
  }

  /** Every step of every target, taken by all users. */
  PopulationBuilder population() {
    ChainBuilder chain = exec(unlessOver());
    for (TargetRun run : runs) {
      String label = run.label();
      chain =
          chain
              .exec(step(label + " start", rows -> run.start()))
              .asLongAs(session -> run.hasNextPhase())
              .on(
                  step(
                          label + " prepare",
                          rows ->
                              run.prepareNextPhase(
                                  (phase, attempt) -> PhaseRows.of(label, phase, attempt, rows)))
                      .exec(Steps.each(label + " arrivals", run::arrivals))
                      .exec(step(label + " drain", rows -> run.endPhase())))
              .exec(step(label + " end", rows -> run.end()));
    }
    return scenario("fanbench").exec(chain).injectOpen(atOnceUsers(USERS));
  }

  /** Ends the experiment early; the first reason is the one that is told. */
  synchronized void fail(String reason) {
    if (failure == null) {
      failure = reason;
      over.complete(null);
    }
  }

  /** Why it ended early, or null. */
  String failure() {
    return failure;
  }

  /** Runs that left a directory behind, in order. */
  List<TargetRun> runs() {
    return runs.stream().filter(run -> run.directory().isPresent()).toList();
  }

  /** Ends whatever is still running: writes what there is and leaves no process behind. */
  void close() {
    String reason = failure == null ? "the run was cut short" : failure;
    runs.forEach(run -> run.close(reason));
  }

  private ChainBuilder step(String name, Step step) {
    return exec(Steps.together(name, USERS, worker, rows -> attempt(name, step, rows)))
        .exec(unlessOver());
  }

  /** Takes a step. Why the run is over goes into Gatling's report too, which must have some row. */
  private void attempt(String name, Step step, Rows rows) {
    if (failure == null) {
      attempt(step, rows);
    }
    if (failure != null) {
      rows.ko(name, failure);
    }
  }

  private void attempt(Step step, Rows rows) {
    try {
      step.run(rows);
    } catch (TargetFailure e) {
      fail(e.getMessage());
    } catch (IOException e) {
      fail("The run could not be written: " + e.getMessage() + ".");
    } catch (RuntimeException e) {
      fail("Something in fanbench itself went wrong: " + e + ".");
    } catch (InterruptedException e) {
      fail("The run was interrupted.");
      Thread.currentThread().interrupt();
    }
  }

  private ChainBuilder unlessOver() {
    return stopLoadGeneratorIf(session -> String.valueOf(failure), session -> failure != null);
  }

  /** One blocking step of the experiment. */
  @FunctionalInterface
  private interface Step {
    void run(Rows rows) throws TargetFailure, IOException, InterruptedException;
  }
}
