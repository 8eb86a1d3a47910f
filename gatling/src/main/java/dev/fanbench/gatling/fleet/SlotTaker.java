package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.fleet.JoinRun.Taken;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.FailureMeter;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Opens a connection for a slot and joins its rooms. Before a phase a target that is overwhelmed is
 * asked again, since nothing is measured there. Thread-safe.
 */
final class SlotTaker {
  /**
   * A slot is asked for again of a target that is overwhelmed: for a minute. API Gateway lets in
   * 500 a second, and a partition of a table takes the rows of 330.
   */
  private static final int MOST_ATTEMPTS = 240;

  private static final long RETRY_MILLIS = 250;

  private final Fleet fleet;
  private final boolean publishersJoin;
  private final NanoClock clock;
  private final FailureMeter refused = new FailureMeter(PhaseResult.REFUSED_JOIN);

  /**
   * @param publishersJoin true where a client must be a member of the room that it publishes to
   * @param clock of the run
   */
  SlotTaker(Fleet fleet, boolean publishersJoin, NanoClock clock) {
    this.fleet = fleet;
    this.publishersJoin = publishersJoin;
    this.clock = clock;
  }

  /** Connects on loop {@code i} modulo their number; completes with the client or the reason. */
  CompletableFuture<Taken> take(int i, ClientSlot slot) {
    CompletableFuture<Taken> taken = new CompletableFuture<>();
    take(i, slot, MOST_ATTEMPTS, taken);
    return taken;
  }

  /** The same with one attempt: a target that is overwhelmed is not asked again. */
  CompletableFuture<Taken> takeOnce(int i, ClientSlot slot) {
    CompletableFuture<Taken> taken = new CompletableFuture<>();
    take(i, slot, 1, taken);
    return taken;
  }

  /** Connects and joins refused and tried again since the last call, by time. */
  List<FailureInterval> takeRefused() {
    return refused.take();
  }

  private void take(int i, ClientSlot slot, int attempts, CompletableFuture<Taken> taken) {
    int loop = i % fleet.loops();
    fleet.connect(
        loop,
        slot,
        new ConnectListener() {
          @Override
          public void connected(Client client, long nowNanos) {
            if (slot.role() instanceof StampMeaning.Publisher && !publishersJoin) {
              open(client, taken);
            } else {
              join(client, slot, 0, attempts, taken);
            }
          }

          @Override
          public void failed(ConnectFailure failure, long nowNanos) {
            if (failure.isOverwhelmed() && attempts > 1) {
              refused.add(nowNanos);
              later(loop).execute(() -> take(i, slot, attempts - 1, taken));
            } else {
              taken.complete(new Taken(null, failure.sentence()));
            }
          }
        });
  }

  private static void open(Client client, CompletableFuture<Taken> taken) {
    var unused =
        client
            .opened()
            .thenAccept(
                why ->
                    taken.complete(why.isEmpty() ? new Taken(client, null) : new Taken(null, why)));
  }

  /** Joins the rooms of a slot from this one on. A room that has been joined is not asked again. */
  private void join(
      Client client, ClientSlot slot, int room, int attempts, CompletableFuture<Taken> taken) {
    var unused =
        client
            .join(slot.rooms().get(room))
            .whenComplete(
                (outcome, error) -> {
                  if (outcome instanceof JoinOutcome.Joined) {
                    if (room + 1 < slot.rooms().size()) {
                      join(client, slot, room + 1, attempts, taken);
                    } else {
                      taken.complete(new Taken(client, null));
                    }
                  } else if (outcome instanceof JoinOutcome.Overwhelmed && attempts > 1) {
                    refused.add(clock.nanoTime());
                    later(client.loop())
                        .execute(() -> join(client, slot, room, attempts - 1, taken));
                  } else {
                    String why = outcome == null ? error.getMessage() : outcome.sentence();
                    if (slot.role() instanceof StampMeaning.Background) {
                      var unusedClose = client.close(); // It would stay beside those that come.
                    }
                    taken.complete(new Taken(null, why));
                  }
                });
  }

  private Executor later(int loop) {
    return CompletableFuture.delayedExecutor(
        RETRY_MILLIS, TimeUnit.MILLISECONDS, fleet.executor(loop));
  }
}
