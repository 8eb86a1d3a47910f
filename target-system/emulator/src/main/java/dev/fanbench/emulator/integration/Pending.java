package dev.fanbench.emulator.integration;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * An answer that is on its way. Thread-safe.
 *
 * @param answer completes with the answer, or with why there is none
 * @param abandon says that nobody waits any more
 */
public record Pending<T>(CompletableFuture<T> answer, Runnable abandon) {

  /** An answer that is there, or a failure that is known, without anything having been asked. */
  static <T> Pending<T> of(CompletableFuture<T> known) {
    return new Pending<>(known, () -> {});
  }

  <R> Pending<R> map(Function<T, R> change) {
    return new Pending<>(answer.thenApply(change), abandon);
  }
}
