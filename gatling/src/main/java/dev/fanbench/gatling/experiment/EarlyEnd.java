package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The end of an experiment before its time. The first reason is kept. Thread-safe. */
public final class EarlyEnd {
  /** Memory for the end of a run that has used up all other: its files, its page, its sentence. */
  private static final int RESERVE_BYTES = 16 << 20;

  @SuppressWarnings("UnusedVariable") // It is held to be let go.
  private volatile byte[] reserve = new byte[RESERVE_BYTES];

  private final CompletableFuture<String> reason = new CompletableFuture<>();

  /** Ends the experiment for this reason, a sentence, unless it has ended for another one. */
  public void because(String sentence) {
    reason.complete(sentence);
  }

  /**
   * Ends the experiment for an error of the load itself. After an {@code OutOfMemoryError} nothing
   * that the load measures can be believed, so no such error is ever taken for the target's.
   */
  public void failed(Throwable error) {
    because(sentence(error));
  }

  /** The sentence for an error of the load itself. When memory is short it frees some first. */
  public String sentence(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        reserve = null;
        return "The load ran out of memory ("
            + cause.getMessage()
            + "; its heap has "
            + UnitFormat.bytes(Runtime.getRuntime().maxMemory())
            + "). Offer less at a time, or raise -Xmx in gatling/load.jvmargs.";
      }
    }
    return "Something in fanbench itself went wrong: " + error + ".";
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
