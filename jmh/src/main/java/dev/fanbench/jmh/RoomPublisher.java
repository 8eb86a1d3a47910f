package dev.fanbench.jmh;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.SendOutcome;
import dev.fanbench.gatling.fleet.SentListener;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.gatling.fleet.StampedText;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;

/** The member of a room who publishes, on an event loop of its own. */
final class RoomPublisher implements AutoCloseable {
  private static final int PAYLOAD_BYTES = 64;
  private static final SentListener IGNORED = (sequence, sentAtNanos) -> {};

  private final Fleet fleet;
  private final Client client;
  private final StampedText text;

  private RoomPublisher(Fleet fleet, Client client, int number) {
    this.fleet = fleet;
    this.client = client;
    text = StampedText.chat(number, PAYLOAD_BYTES);
  }

  /**
   * Connects and joins.
   *
   * @param number the publisher's in its stamps
   */
  static RoomPublisher join(URI target, String room, int number)
      throws IOException, InterruptedException, ExecutionException {
    Fleet fleet = Fleet.open(FleetOptions.of(target, SystemNanoClock.INSTANCE).withLoops(1));
    Client client =
        fleet
            .join(0, new ClientSlot(new StampMeaning.Publisher(), room))
            .get()
            .orElseThrow(() -> new IOException("the publisher could not join #" + room));
    return new RoomPublisher(fleet, client, number);
  }

  /** Publishes; returns when the bytes have been handed over. */
  void publish(int sequence, long intendedAtNanos)
      throws IOException, InterruptedException, ExecutionException {
    SendOutcome outcome =
        client.executor().submit(() -> client.send(text, sequence, intendedAtNanos, IGNORED)).get();
    if (outcome != SendOutcome.SENT) {
      throw new IOException("a publication was not sent: " + outcome);
    }
  }

  @Override
  public void close() {
    fleet.close();
  }
}
