package dev.fanbench.emulator;

import dev.fanbench.emulator.store.LocalStore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A store that is opened by a thread of its own, while all else is started. Thread-safe. */
final class StoreOpening implements AutoCloseable {
  private final CompletableFuture<LocalStore> store;

  private StoreOpening(CompletableFuture<LocalStore> store) {
    this.store = store;
  }

  /** Begins to open a store. */
  static StoreOpening begin(Supplier<LocalStore> open) {
    return new StoreOpening(
        CompletableFuture.supplyAsync(
            open,
            task -> {
              Thread thread = new Thread(task, "store-start");
              thread.setDaemon(true);
              thread.start();
            }));
  }

  /**
   * Waits for the store.
   *
   * @throws RuntimeException the failure to open it
   */
  LocalStore await() {
    try {
      return store.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed;
    }
  }

  /** Closes the store once it is open; one that failed to open has nothing to close. */
  @Override
  public void close() {
    store
        .handle((opened, failed) -> Optional.ofNullable(opened))
        .join()
        .ifPresent(LocalStore::close);
  }
}
