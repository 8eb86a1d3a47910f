package dev.fanbench.jmh;

import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.jmh.sockets.LeanReader;
import dev.fanbench.measurement.run.DeliveryCount;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Subscribers of the fleet on one event loop, recorded as in a run. */
final class FleetReader implements AutoCloseable {
  private final Semaphore whole = new Semaphore(0);
  private final RecordedRoom room;
  private final Fleet fleet;
  private final long threadId;

  private FleetReader(URI target, int subscribers, int publications, String name)
      throws IOException, InterruptedException, ExecutionException {
    room = RecordedRoom.open(subscribers, publications, arrival -> whole.release());
    fleet = Fleet.open(FleetOptions.of(target, room.clock()).withLoops(1));
    fleet.record(loop -> room.recorder()).get();
    threadId = fleet.executor(0).submit(() -> Thread.currentThread().getId()).get();
    JoinResult joinResult =
        fleet
            .joinAll(
                ClientSlot.subscribers(subscribers, List.of(name)),
                Fleet.DEFAULT_CONCURRENCY,
                joined -> {})
            .get();
    if (!joinResult.failures().isEmpty()) {
      throw new IOException(joinResult.failures().get(0));
    }
  }

  static FleetReader join(URI target, int subscribers, int publications, String name)
      throws IOException, InterruptedException, ExecutionException {
    return new FleetReader(target, subscribers, publications, name);
  }

  /** The room with the stamps of the phase. */
  RecordedRoom room() {
    return room;
  }

  /** Waits until every subscriber has had one publication more; false when that takes too long. */
  boolean awaitPublication() throws InterruptedException {
    return whole.tryAcquire(LeanReader.MOST_SECONDS, TimeUnit.SECONDS);
  }

  /** The thread of the event loop. */
  long threadId() {
    return threadId;
  }

  /** Fails when anything but first deliveries was recorded. */
  @Override
  public void close() throws IOException {
    fleet.close();
    DeliveryCount deliveryCount = room.deliveryCount();
    room.close();
    if (!deliveryCount.clean()) {
      throw new IllegalStateException("not what was meant to be measured: " + deliveryCount);
    }
  }
}
