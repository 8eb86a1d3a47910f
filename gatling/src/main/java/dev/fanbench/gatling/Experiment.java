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
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The whole experiment: one target after another, each through start, phases and verdict. Gatling
 * runs it as a chain of populations; what may block runs on one thread of our own, in order.
 */
final class Experiment {
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

  /** Every step of every target, each population beginning when the one before has ended. */
  PopulationBuilder population() {
    Deque<PopulationBuilder> chain = new ArrayDeque<>();
    for (TargetRun run : runs) {
      chain.add(step(run.label() + " start", rows -> run.start()));
      List<Phase> phases = run.workload().phases();
      for (int i = 0; i < phases.size(); i++) {
        int index = i;
        String name = run.label() + " " + phases.get(i).name();
        chain.add(step(name + " prepare", rows -> run.prepare(index, phaseRows(run, index, rows))));
        chain.add(arrivals(name, run, index));
        chain.add(step(name + " end", rows -> run.endPhase()));
      }
      chain.add(step(run.label() + " end", rows -> run.end()));
    }
    PopulationBuilder whole = chain.removeLast();
    while (!chain.isEmpty()) {
      whole = chain.removeLast().andThen(whole);
    }
    return whole;
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

  private PopulationBuilder arrivals(String name, TargetRun run, int index) {
    Phase phase = run.workload().phases().get(index);
    SendSchedule schedule = SendSchedule.of(run.workload(), index);
    return scenario(name)
        .exec(unlessOver())
        .exec(Steps.arrival(name, run::arrive))
        .injectOpen(Injection.of(phase, schedule));
  }

  /** Warm-up leaves no rows in Gatling's report, as it leaves none in ours. */
  private static ArrivalListener phaseRows(TargetRun run, int index, Rows rows) {
    Phase phase = run.workload().phases().get(index);
    return phase.warmUp() ? ArrivalListener.none() : new PhaseRows(run.label(), phase, rows);
  }

  private PopulationBuilder step(String name, Step step) {
    ChainBuilder chain =
        exec(
            Steps.blocking(
                name,
                worker,
                rows -> {
                  if (failure == null) {
                    attempt(step, rows);
                  }
                }));
    return scenario(name).exec(chain).exec(unlessOver()).injectOpen(atOnceUsers(1));
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
