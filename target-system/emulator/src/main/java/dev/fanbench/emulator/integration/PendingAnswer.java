package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.mapping.MappingException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An answer that has not arrived yet. Thread-safe.
 *
 * @param answer completes with the answer, or with the failure
 * @param abandon tells the backend that the answer is no longer needed; a function that has begun
 *     goes on nevertheless, as on AWS
 */
public record PendingAnswer<T>(CompletableFuture<T> answer, Runnable abandon) {

  /** An answer that is there, or a failure that is known, without anything having been asked. */
  static <T> PendingAnswer<T> of(CompletableFuture<T> known) {
    return new PendingAnswer<>(known, () -> {});
  }

  /**
   * The answer as {@code change} makes it. A failure of its is written here, unless it is a
   * sentence of its own, which is written where it ends a call.
   */
  <R> PendingAnswer<R> map(Function<T, R> change) {
    return new PendingAnswer<>(answer.thenApply(given -> reported(change, given)), abandon);
  }

  private static <T, R> R reported(Function<T, R> change, T given) {
    try {
      return change.apply(given);
    } catch (MappingException | MalformedAnswerException sentence) {
      throw sentence;
    } catch (RuntimeException | Error failed) {
      RequestGuard.report("the reading of an answer", failed);
      throw failed;
    }
  }
}
