package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All targets, each with all phases of its workload.
 *
 * <p>{@link #run} belongs to one thread; {@link #end} and {@link #close} may be called by any.
 */
public final class Experiment {
  private final List<TargetRun> targets = new ArrayList<>();
  private final EarlyEnd end = new EarlyEnd();

  private Experiment() {}

  /** The experiment that the options describe: the floor first, then each target. */
  public static Experiment of(Options options, Progress progress) {
    Experiment experiment = new Experiment();
    Pinning pinning =
        options.get(OptionCatalog.PIN).equals("auto") ? Pinning.apply() : Pinning.off("pin=off");
    options
        .floorWorkload()
        .ifPresent(
            workload ->
                experiment.add(
                    TargetChoice.named(options.home(), "floor"),
                    workload,
                    options,
                    pinning,
                    progress));
    for (TargetChoice target : options.targets()) {
      experiment.add(target, options.workload(), options, pinning, progress);
    }
    return experiment;
  }

  /** The experiment with one target. */
  static Experiment of(TargetChoice target, Options options, Pinning pinning, Progress progress) {
    Experiment experiment = new Experiment();
    experiment.add(target, options.workload(), options, pinning, progress);
    return experiment;
  }

  private void add(
      TargetChoice target, Workload workload, Options options, Pinning pinning, Progress progress) {
    targets.add(new TargetRun(target, workload, options, pinning, progress, end));
  }

  /** Runs it. An exception becomes the reason of an {@linkplain #end early end}. */
  public void run(UserPool users) {
    try {
      for (TargetRun target : targets) {
        target.start();
        for (Phase phase : target.workload().phases()) {
          measure(target, phase, users, end.future());
        }
        target.finish();
      }
    } catch (TargetFailure e) {
      end.because(e.getMessage());
    } catch (IOException e) {
      end.because("The run could not be written: " + FileError.words(e) + ".");
    } catch (RuntimeException e) {
      end.because("Something in fanbench itself went wrong: " + e + ".");
    } catch (InterruptedException e) {
      end.because("The run was interrupted.");
      Thread.currentThread().interrupt();
    }
  }

  private static void measure(
      TargetRun target, Phase phase, UserPool users, CompletableFuture<?> early)
      throws TargetFailure, IOException, InterruptedException {
    JoinedPhase joined = target.join(phase, users.listener(target.label(), phase));
    users.take(joined.begin(), early);
    joined.drain();
    joined.leave();
  }

  /** The early end of this experiment. */
  public EarlyEnd end() {
    return end;
  }

  /** Runs that left a directory behind, in order. */
  public List<TargetRun> runs() {
    return targets.stream().filter(run -> run.directory().isPresent()).toList();
  }

  /** Ends what still runs: writes what there is and leaves no process behind. */
  public void close() {
    String reason = end.reason().orElse("the run was cut short");
    targets.forEach(run -> run.close(reason));
  }
}
