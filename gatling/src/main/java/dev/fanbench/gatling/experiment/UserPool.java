package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.workload.Phase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Users that take the arrivals of a phase in turn: Gatling's in a run, plain callers in tests. */
public interface UserPool {

  /**
   * The listener for the arrivals of a phase.
   *
   * @param target label of the target
   */
  ArrivalListener listener(String target, Phase phase);

  /**
   * Takes all arrivals of a phase that has begun. Blocks until the last one was taken or {@code
   * early} completes.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException;

  /**
   * Waits for the first of two futures, both of which complete normally.
   *
   * @throws InterruptedException if the waiting thread is interrupted
   */
  static void await(CompletableFuture<?> taken, CompletableFuture<?> early)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(taken, early).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
