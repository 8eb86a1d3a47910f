package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Client;
import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.ConnectFailure;
import dev.fanbench.gatling.fleet.ConnectListener;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.measurement.record.PhaseRecorder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;

/**
 * Arrivals are new connections. Each stays open until the phase ends, as users' connections do; its
 * one delivery is the {@code 101}.
 */
final class ConnectDriver implements ArrivalDriver {
  private final Fleet fleet;
  private final ClientSlot slot;
  private final int publisher;
  private final ConnectTally tally = new ConnectTally();

  /**
   * @param room that stands in the handshake, where the dialect puts one there
   */
  ConnectDriver(Fleet fleet, String room, int publisher) {
    this.fleet = fleet;
    this.slot = new ClientSlot(new StampMeaning.Publisher(), room);
    this.publisher = publisher;
  }

  @Override
  public List<String> prepare(IntConsumer progress) {
    return List.of();
  }

  @Override
  public SlotMap slotMap() {
    return new SlotMap(List.of());
  }

  @Override
  public ScheduledExecutorService executor(int n) {
    return fleet.executor(loop(n));
  }

  @Override
  public void arrive(int n, PhaseRecorder recorder) {
    int loop = loop(n);
    fleet.connect(
        loop,
        slot,
        new ConnectListener() {
          @Override
          public void connecting(long nowNanos) {
            recorder.sent(n, nowNanos);
          }

          @Override
          public void secured(long openedAtNanos, long nowNanos) {
            recorder.secured(nowNanos - openedAtNanos);
          }

          @Override
          public void connected(Client client, long nowNanos) {
            tally.accepted();
            recorder
                .deliveries(loop)
                .delivered(
                    0,
                    publisher,
                    n,
                    recorder.intendedAtNanos(n),
                    nowNanos,
                    fleet.readLagNanos(loop, nowNanos));
          }

          @Override
          public void failed(ConnectFailure failure, long nowNanos) {
            if (failure.isOwn()) {
              recorder.untried(n);
            } else {
              tally.declined(failure);
              recorder.failed(n);
            }
          }
        });
  }

  @Override
  public Optional<ConnectTally> connects() {
    return Optional.of(tally);
  }

  @Override
  public int publishers() {
    return 1;
  }

  private int loop(int n) {
    return n % fleet.loops();
  }
}
