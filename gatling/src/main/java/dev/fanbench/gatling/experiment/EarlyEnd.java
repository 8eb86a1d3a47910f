package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The end of an experiment before its time. The first reason is kept. Thread-safe. */
public final class EarlyEnd {
  /** Memory for the end of a run that has used up all other: its files, its page, its sentence. */
  private static final int RESERVE_BYTES = 16 << 20;

  @SuppressWarnings("UnusedVariable") // It is held to be let go.
  private volatile byte[] reserve = new byte[RESERVE_BYTES];

  /** Begins the reason of a run that has ended because another target failed. */
  private static final String CUT_SHORT = "The run was cut short, because another target failed: ";

  /** Begins the reason of a run that has ended because another target missed a threshold. */
  private static final String ENDED_EARLY = "The run was cut short by a threshold. ";

  private final CompletableFuture<Reason> reason = new CompletableFuture<>();

  /**
   * The reason of the end.
   *
   * @param target label of the target that failed; empty when the reason is no target's
   * @param lost the threshold that ended it; null for any other reason
   */
  private record Reason(String target, String sentence, SloVerdict lost) {}

  /** Ends the experiment for this reason, a sentence, unless it has ended for another one. */
  public void because(String sentence) {
    because("", sentence);
  }

  /** Ends the experiment because a target failed, unless it has ended for another reason. */
  void because(String target, String sentence) {
    reason.complete(new Reason(target, sentence, null));
  }

  /** Ends the experiment because a target has missed a threshold for certain. */
  void because(String target, SloVerdict lost) {
    String sentence =
        "%s: %s. The run ended early, by abortOn=slo.".formatted(target, lost.sentence());
    reason.complete(new Reason(target, sentence, lost));
  }

  /** Whether a threshold that is missed for certain has ended the experiment. */
  public boolean lost() {
    Reason why = reason.getNow(null);
    return why != null && why.lost != null;
  }

  /** The threshold of this target that has ended the experiment. */
  List<SloVerdict> lostBy(String target) {
    return lost() && reason.join().target.equals(target) ? List.of(reason.join().lost) : List.of();
  }

  /** The reason as it stands in the run of a target; empty as that of {@link #reason}. */
  Optional<String> reasonFor(String target) {
    return Optional.ofNullable(reason.getNow(null))
        .map(
            why ->
                why.target.isEmpty() || why.target.equals(target)
                    ? why.sentence
                    : (why.lost == null ? CUT_SHORT : ENDED_EARLY) + why.sentence);
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
    return Optional.ofNullable(reason.getNow(null)).map(Reason::sentence);
  }

  /** Completes with the reason. */
  CompletableFuture<String> future() {
    return reason.thenApply(Reason::sentence);
  }

  /**
   * Does nothing while the experiment goes on.
   *
   * @throws TargetFailure with the reason when it has ended
   */
  void check() throws TargetFailure {
    if (reason.isDone()) {
      throw new TargetFailure(reason.join().sentence());
    }
  }
}
