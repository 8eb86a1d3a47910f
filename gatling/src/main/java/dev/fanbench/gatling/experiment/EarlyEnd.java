package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.TargetFailure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The end of an experiment before its time. The first reason is kept. Thread-safe. */
public final class EarlyEnd {
  private final CompletableFuture<String> reason = new CompletableFuture<>();

  /** Ends the experiment for this reason, a sentence, unless it has ended for another one. */
  public void because(String sentence) {
    reason.complete(sentence);
  }

  /** The reason; empty while the experiment goes on, and when it reached its end. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason.getNow(null));
  }

  /** Completes with the reason. */
  CompletableFuture<String> future() {
    return reason;
  }

  /**
   * Does nothing while the experiment goes on.
   *
   * @throws TargetFailure with the reason when it has ended
   */
  void check() throws TargetFailure {
    if (reason.isDone()) {
      throw new TargetFailure(reason.join());
    }
  }
}
