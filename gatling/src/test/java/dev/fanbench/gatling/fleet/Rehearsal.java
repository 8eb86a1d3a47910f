package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One fan-out phase against a faulty target, recorded as a real run is: two loops, one publisher,
 * all subscribers in one room.
 */
final class Rehearsal implements AutoCloseable {
  private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final double RATE_PER_SECOND = 500;
  private static final int LOOPS = 2;

  private final Phase phase;
  private final FaultyTarget target;
  private final RunRecorder run;
  private final Fleet fleet;
  private final CountDownLatch losses;

  Rehearsal(Path runs, Fault fault, int subscribers, int publications) throws IOException {
    phase =
        new Phase("fanout", PhaseKind.FANOUT, subscribers, 1, publications, RATE_PER_SECOND, false);
    losses = new CountDownLatch(subscribers + 1);
    target = FaultyTarget.start(fault);
    Workload workload =
        new Workload("rehearsal", List.of(phase), ArrivalProcess.CONSTANT, 64, 10_000, 1);
    TargetDescription description =
        new TargetDescription(
            "faulty", target.url().toString(), true, "here", "in-memory", List.of(), Map.of());
    run =
        RunRecorder.open(
            runs,
            new RunPlan("0", "unknown", description, workload, Map.of()),
            LOOPS,
            SystemNanoClock.INSTANCE,
            Clock.systemUTC());
    fleet = Fleet.open(FleetOptions.of(target.url(), run.clock()).withLoops(LOOPS));
  }

  /** All publications sent and everything read that the target sent because of them. */
  DeliveryCount deliveryCount() throws Exception {
    List<Client> subscribers = seated(ClientSlot.subscribers(phase.subscribers(), List.of("room")));
    Client publisher = seated(ClientSlot.publishers(List.of("room"))).get(0);
    PhaseRecorder recorder = begin();
    publish(recorder, publisher);
    // A target answers one client in order, so that its answer comes behind its deliveries.
    join(publisher);
    for (Client subscriber : subscribers) {
      join(subscriber);
    }
    return run.end(null, null).deliveryCount();
  }

  /** The same with a target that dies on the way: ends when every connection is lost. */
  DeliveryCount booksOfTheLost() throws Exception {
    seated(ClientSlot.subscribers(phase.subscribers(), List.of("room")));
    Client publisher = seated(ClientSlot.publishers(List.of("room"))).get(0);
    PhaseRecorder recorder = begin();
    fleet.onLostConnection(
        loss -> {
          recorder.lostConnection(run.clock().nanoTime());
          losses.countDown();
        });
    publish(recorder, publisher);
    if (!losses.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError(losses.getCount() + " connections are not lost");
    }
    return run.end(null, null).deliveryCount();
  }

  RecordedPhase recorded() throws IOException {
    return run.soFar().phase(phase.name());
  }

  private List<Client> seated(List<ClientSlot> slots) throws Exception {
    JoinResult joinResult =
        fleet.joinAll(slots, Fleet.DEFAULT_CONCURRENCY, joined -> {}).get(20, TimeUnit.SECONDS);
    if (joinResult instanceof JoinResult.Complete complete) {
      return complete.clients();
    }
    throw new AssertionError(joinResult);
  }

  private PhaseRecorder begin() throws Exception {
    PhaseRecorder recorder =
        run.begin(phase, 1, run.clock().nanoTime() + LEAD_NANOS, ArrivalListener.none());
    fleet.record(recorder::deliveries).get(5, TimeUnit.SECONDS);
    fleet.onLostConnection(loss -> recorder.lostConnection(run.clock().nanoTime()));
    return recorder;
  }

  private void publish(PhaseRecorder recorder, Client publisher) throws Exception {
    StampedText text = StampedText.chat(recorder.firstPublisher(), 64);
    Future<?> last = CompletableFuture.completedFuture(null);
    for (int n = 0; n < phase.count(); n++) {
      int arrival = n;
      long intended = recorder.intendedAtNanos(n);
      last =
          publisher
              .executor()
              .schedule(
                  () -> {
                    if (publisher.send(text, arrival, intended, recorder::sent)
                        != SendOutcome.SENT) {
                      recorder.failed(arrival);
                    }
                  },
                  intended - run.clock().nanoTime(),
                  TimeUnit.NANOSECONDS);
    }
    last.get(10, TimeUnit.SECONDS);
  }

  private static void join(Client client) throws Exception {
    JoinOutcome outcome = client.join("behind").get(10, TimeUnit.SECONDS);
    if (!(outcome instanceof JoinOutcome.Joined)) {
      throw new AssertionError(outcome);
    }
  }

  @Override
  public void close() throws IOException {
    fleet.close();
    run.close();
    target.close();
  }
}
