package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.LostConnection;
import dev.fanbench.gatling.fleet.Role;
import dev.fanbench.measurement.host.HiccupMeter;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * One phase of one run: connections first, then arrivals at their instants, then the drain.
 *
 * <p>{@link #prepare} and {@link #awaitEnd} block and belong to one thread; {@link #arrivals} is
 * called by any thread, once per user.
 */
public final class PhaseRun {
  /** From the first call of {@link #arrivals} to the first intended time, in nanoseconds. */
  private static final long LEAD_NANOS = 100_000_000;

  /** After the last expected delivery, for a duplicate of it to be seen. */
  private static final long LINGER_MILLIS = 100;

  private final Phase phase;
  private final Fleet fleet;
  private final RunRecorder run;
  private final Driver driver;
  private final Crowd crowd;
  private final AtomicInteger next = new AtomicInteger();
  private final CompletableFuture<Void> settled = new CompletableFuture<>();
  private final List<HiccupMeter> hiccups = new ArrayList<>();
  private final Backoff backoff;
  private Runnable outage = () -> {};
  private Reconnects reconnects;
  private ArrivalListener rows = ArrivalListener.none();
  private PhaseRecorder recorder;

  /**
   * @param tag letters and digits that make this run's room names new to the target
   * @param firstPublisher number of the phase's first publisher, as the recorder will give it
   */
  public PhaseRun(
      Phase phase, Fleet fleet, RunRecorder run, String tag, int firstPublisher, Workload offered) {
    this.phase = phase;
    this.fleet = fleet;
    this.run = run;
    this.driver = Driver.of(phase, fleet, tag, firstPublisher, offered.payloadBytes());
    this.backoff = new Backoff(offered.seed());
    this.crowd =
        new Crowd(
            phase.bystanders(),
            RoomNames.of(phase, tag),
            fleet,
            run.clock(),
            tag,
            offered.payloadBytes());
  }

  /** What is offered. */
  public Phase phase() {
    return phase;
  }

  /** Publishers this phase takes from the run's numbers. */
  public int publishers() {
    return driver.publishers();
  }

  /**
   * Says what makes the phase's outage; called before {@link #arrivals}.
   *
   * @param outage run once on an event loop in the middle of the phase; must not block
   */
  public void makeOutageBy(Runnable outage) {
    this.outage = outage;
  }

  /**
   * Opens the phase's connections and waits until the target has confirmed every one.
   *
   * @param listener told of each arrival when it is closed
   * @param progress told how many connections are confirmed
   * @return what went wrong, one sentence each; empty when everything is in place
   */
  public List<String> prepare(ArrivalListener listener, IntConsumer progress) {
    rows = listener;
    List<String> failures = driver.prepare(progress);
    return failures.isEmpty() ? crowd.prepare() : failures;
  }

  /**
   * Takes the next arrival, lets it go at its intended time, takes the one after, and so on in turn
   * with other callers. The first call sets the phase's beginning.
   *
   * @param onward called when no arrival is left to take
   */
  public void arrivals(Runnable onward) {
    PhaseRecorder current = recorder();
    int n = next.getAndIncrement();
    if (n >= phase.count()) {
      onward.run();
      return;
    }
    long delayNanos = current.intendedAtNanos(n) - run.clock().nanoTime();
    try {
      var unused =
          driver
              .executor(n)
              .schedule(
                  () -> {
                    driver.arrive(n, current);
                    arrivals(onward);
                  },
                  delayNanos,
                  TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // The fleet is closed: the run is over and has been labelled so.
      onward.run();
    }
  }

  /**
   * Waits until every arrival is closed, the drain deadline has passed, or {@code over} completes.
   * Then bystanders do nothing more.
   *
   * @return false when no arrival ever came, so that there is nothing to end
   */
  public boolean awaitEnd(CompletableFuture<?> over) {
    PhaseRecorder current;
    synchronized (this) {
      current = recorder;
    }
    if (current == null) {
      return false;
    }
    long restNanos = current.deadlineNanos() - run.clock().nanoTime();
    Executor later = CompletableFuture.delayedExecutor(LINGER_MILLIS, TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(settled.thenRunAsync(() -> {}, later), over)
        .completeOnTimeout(null, restNanos, TimeUnit.NANOSECONDS)
        .join();
    crowd.stop();
    return true;
  }

  /** Deliveries seen and given up so far, for progress. */
  public synchronized String standing() {
    if (recorder == null) {
      return "joining";
    }
    var books = recorder.books();
    String away = phase.outage().any() ? ", " + recorder.away() + " away" : "";
    return books.delivered() + " delivered, " + books.missing() + " missing" + away;
  }

  private synchronized PhaseRecorder recorder() {
    if (recorder == null) {
      AtomicInteger closed = new AtomicInteger();
      recorder =
          run.begin(
              phase,
              driver.publishers(),
              run.clock().nanoTime() + LEAD_NANOS,
              (n, intended, sent, first, last, delivered, missing) -> {
                rows.closed(n, intended, sent, first, last, delivered, missing);
                if (closed.incrementAndGet() == phase.count()) {
                  settled.complete(null);
                }
              });
      PhaseRecorder begun = recorder;
      prepareOutage(begun);
      fleet.onLostConnection(loss -> lost(loss, begun));
      fleet.record(recorder::deliveries).join();
      for (int loop = 0; loop < fleet.loops(); loop++) {
        hiccups.add(
            HiccupMeter.start(
                fleet.executor(loop),
                run.clock(),
                HiccupMeter.DEFAULT_PERIOD_NANOS,
                recorder.hiccups(loop)));
      }
      crowd.start();
    }
    return recorder;
  }

  /** At half the phase; from now on whoever loses a connection comes back. */
  private void prepareOutage(PhaseRecorder begun) {
    if (phase.outage().any()) {
      reconnects = new Reconnects(fleet, driver.seating(), begun, run.clock(), backoff);
      long middleNanos = begun.startNanos() + Math.round(phase.seconds() / 2 * 1e9);
      var unused =
          fleet
              .executor(0)
              .schedule(outage, middleNanos - run.clock().nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void lost(LostConnection loss, PhaseRecorder recorder) {
    if (!(loss.client().role() instanceof Role.Bystander)) {
      recorder.lostConnection();
      if (reconnects != null) {
        reconnects.lost(loss.client());
      }
    }
  }

  /** What the load counted besides the books, by name. */
  public Map<String, Double> counters() {
    Map<String, Double> counters = crowd.counters();
    if (reconnects != null) {
      counters.putAll(reconnects.counters());
    }
    return counters;
  }

  /** Closes the phase's connections; none of them counts as lost. */
  public void close() {
    crowd.stop();
    if (reconnects != null) {
      reconnects.stop();
    }
    hiccups.forEach(HiccupMeter::close);
    fleet.closeAll().join();
  }
}
