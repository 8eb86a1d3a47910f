package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.InflateCost;
import dev.fanbench.gatling.fleet.LostConnection;
import dev.fanbench.gatling.fleet.StampMeaning;
import dev.fanbench.measurement.host.HiccupMeter;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.NodeMap;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.SharedWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * One phase of one run: connections first, then block after block arrivals at their instants and
 * their drain.
 *
 * <p>{@link #prepare}, {@link #begin}, for each block {@link #beginBlock} and {@link #endBlock},
 * and {@link #close} follow one another on one thread.
 */
public final class PhaseRun {
  /** From {@link #beginBlock} to its first intended time, where one process offers the load. */
  public static final long LEAD_NANOS = 50_000_000;

  private static final long POLL_MILLIS = 5;

  /** After the last expected delivery, for a duplicate of it to be seen. */
  private static final long LINGER_MILLIS = 50;

  private final Phase phase;
  private final Fleet fleet;
  private final RunRecorder run;
  private final ArrivalDriver driver;
  private final BackgroundGroup background;

  private final ArrivalQueue arrivals;
  private final List<HiccupMeter> hiccups = new ArrayList<>();
  private final Backoff backoff;
  private final int payloadBytes;
  private final int publisherNumbers;
  private final long drainNanos;
  private final ArrivalListener listener;
  private final LossTally losses = new LossTally();

  /** Said of a target that has served no phase so far. */
  private final String hint;

  private Reconnector reconnects;

  /** Refused while the rooms were filled. */
  private List<FailureInterval> refusedJoins = List.of();

  /** Completes with a sentence when the phase has no connection any more. */
  private final CompletableFuture<String> allLost = new CompletableFuture<>();

  private volatile PhaseRecorder recorder;

  /** Set before {@link #recorder}. */
  private long begunAtNanos;

  /**
   * @param tag letters and digits that make this run's room names new to the target
   * @param firstPublisher number of the phase's first publisher, as the recorder will give it
   * @param listener told of each arrival when it is closed
   */
  public PhaseRun(
      Phase phase,
      Fleet fleet,
      RunRecorder run,
      String tag,
      int firstPublisher,
      SharedWorkload offered,
      ArrivalListener listener) {
    this.phase = phase;
    this.hint = firstPublisher == 0 ? " The dialect or the URL may be wrong." : "";
    this.listener = listener;
    this.fleet = fleet;
    this.run = run;
    this.payloadBytes = offered.whole().payloadBytes(phase);
    this.drainNanos = TimeUnit.MILLISECONDS.toNanos(offered.whole().drainMillis());
    PhaseShare share = offered.share(phase);
    this.publisherNumbers = share.shard().isAlone() ? 0 : share.publisherNumbers();
    this.driver = ArrivalDriver.of(share, fleet, tag, firstPublisher, payloadBytes, run.clock());
    this.backoff = new Backoff(offered.own().seed());
    this.arrivals = new ArrivalQueue(driver, fleet, new SendTimer(run.clock()));
    this.background =
        new BackgroundGroup(
            phase.background(),
            RoomNaming.of(share, tag),
            fleet,
            run.clock(),
            share.shard().isAlone() ? tag : tag + "-" + share.shard().index(),
            payloadBytes);
  }

  /** The phase. */
  public Phase phase() {
    return phase;
  }

  /** Numbers of publishers that this phase takes, in all shards. */
  public int publishers() {
    return Math.max(publisherNumbers, driver.publishers());
  }

  /**
   * Opens the phase's connections and waits until the target has confirmed every one.
   *
   * @param progress told how many connections are confirmed
   * @return the failures, one sentence each; empty when everything is in place
   */
  public List<String> prepare(IntConsumer progress) {
    fleet.onLostConnection(this::lost);
    fleet.takeRefusedJoins();
    List<String> failures = driver.prepare(progress);
    List<String> all = failures.isEmpty() ? background.prepare() : failures;
    refusedJoins = fleet.takeRefusedJoins();
    return all;
  }

  /** Begins to record; no block has begun. */
  public void begin() {
    NodeMap nodes =
        phase.kind() == PhaseKind.FANOUT && fleet.nodes() > 1
            ? driver.slotMap().locate(driver.publishers())
            : null;
    PhaseRecorder begun = run.begin(phase, driver.publishers(), nodes, this::closed);
    begun.refusedJoins(refusedJoins);
    synchronized (losses) {
      begunAtNanos = run.clock().nanoTime();
      recorder = begun;
      for (int lost = 0; lost < losses.count(); lost++) {
        begun.lostConnection(begunAtNanos);
      }
    }
    fleet.record(payloadBytes, begun::deliveries).join();
    fleet.takeInflateCost().join();
    tellIfAllLost();
  }

  /**
   * Completes with a sentence when the target has ended every connection of the phase. Nothing can
   * be measured then. In a connect phase and in one with an outage it never completes.
   */
  public CompletableFuture<String> allLost() {
    return allLost;
  }

  private void closed(Arrival arrival) {
    listener.closed(arrival);
    arrivals.closed(arrival);
  }

  /**
   * Sets the intended times of the next block.
   *
   * @param startNanos the intended time of its first arrival, in any shard
   * @param outage the phase's outage, run once on an event loop in the middle of the block if the
   *     phase has one; must not block
   */
  public void beginBlock(long startNanos, Runnable outage) {
    int block = recorder.blocksBegun();
    arrivals.begin(recorder, phase.firstOfBlock(block), phase.firstOfBlock(block + 1));
    run.beginBlock(startNanos);
    scheduleOutage(outage, recorder);
    for (int loop = 0; loop < fleet.loops(); loop++) {
      hiccups.add(
          HiccupMeter.start(
              fleet.executor(loop),
              run.clock(),
              HiccupMeter.DEFAULT_PERIOD_NANOS,
              recorder.hiccups(loop)));
    }
    background.start();
  }

  /**
   * Takes all arrivals of the block, each at its intended time.
   *
   * @param users arrivals that can wait for their intended time at once
   * @return completes when no arrival is left
   */
  public CompletableFuture<Void> takeArrivals(int users) {
    return arrivals.take(users);
  }

  /**
   * Waits until every arrival of the block is closed, the drain deadline has passed, or {@code
   * over} completes. Then background clients do nothing more.
   */
  public void endBlock(CompletableFuture<?> over) {
    long restNanos = recorder.deadlineNanos() - run.clock().nanoTime();
    Executor later = CompletableFuture.delayedExecutor(LINGER_MILLIS, TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(arrivals.settled().thenRunAsync(() -> {}, later), over)
        .completeOnTimeout(null, restNanos, TimeUnit.NANOSECONDS)
        .join();
    stopBlock();
  }

  /** Arrivals of the phase that this process has sent. */
  public long sent() {
    return recorder.deliveryCount().sent();
  }

  /**
   * Waits until all deliveries have come that the publications of other shards should cause here,
   * the drain deadline has passed, or {@code over} completes.
   *
   * @param foreignSent publications of other shards in this phase
   */
  public void awaitForeign(long foreignSent, CompletableFuture<?> over) {
    recorder.foreignSent(foreignSent);
    Executor soon = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    while (!recorder.foreignSettled()
        && run.clock().nanoTime() < recorder.deadlineNanos()
        && !over.isDone()) {
      CompletableFuture.anyOf(CompletableFuture.runAsync(() -> {}, soon), over).join();
    }
  }

  /**
   * Takes no more arrivals, and waits until those that are sent are closed, for the time of a drain
   * at most. So a phase that ends early does not call what is on its way missing.
   */
  public void stop() {
    arrivals.stop();
    Executor soon = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    long endNanos = run.clock().nanoTime() + drainNanos;
    while (open() > 0 && run.clock().nanoTime() < endNanos) {
      CompletableFuture.runAsync(() -> {}, soon).join();
    }
  }

  /** Arrivals that are sent and not closed. */
  private long open() {
    DeliveryCount count = recorder.deliveryCount();
    return count.sent() + count.failed() + count.untried() - recorder.closedArrivals();
  }

  private void stopBlock() {
    background.stop();
    hiccups.forEach(HiccupMeter::close);
    hiccups.clear();
  }

  /** Deliveries seen and given up so far, for progress. */
  public String progress() {
    PhaseRecorder begun = recorder;
    if (begun == null) {
      return "joining";
    }
    var deliveryCount = begun.deliveryCount();
    if (phase.kind() == PhaseKind.IDLE) {
      return "silent, " + deliveryCount.lostConnections() + " connections lost";
    }
    String away = phase.outage().any() ? ", " + begun.away() + " away" : "";
    return deliveryCount.delivered() + " delivered, " + deliveryCount.missing() + " missing" + away;
  }

  /**
   * Schedules the outage at half the phase. From now on clients that lose their connection return.
   */
  private void scheduleOutage(Runnable outage, PhaseRecorder begun) {
    if (phase.outage().any()) {
      reconnects = new Reconnector(fleet, driver.slotMap(), begun, run.clock(), backoff);
      long middleNanos = begun.startNanos() + Math.round(phase.seconds() / 2 * 1e9);
      var unused =
          fleet
              .executor(0)
              .schedule(
                  fleet.guarded(outage),
                  middleNanos - run.clock().nanoTime(),
                  TimeUnit.NANOSECONDS);
    }
  }

  private void lost(LostConnection loss) {
    if (loss.client().role() instanceof StampMeaning.Background) {
      return;
    }
    synchronized (losses) {
      long nowNanos = run.clock().nanoTime();
      losses.add(loss, nowNanos);
      if (recorder != null) {
        recorder.lostConnection(nowNanos);
      }
    }
    tellIfAllLost();
    if (reconnects != null) {
      reconnects.lost(loss.client());
    }
  }

  /** A target that has served an earlier phase does not speak another protocol. */
  private void tellIfAllLost() {
    int all = driver.slotMap().slots().size();
    PhaseRecorder begun = recorder;
    if (begun != null && all > 0 && losses.count() >= all && !phase.outage().any()) {
      Optional<String> rejection = hint.isEmpty() ? Optional.empty() : rejection();
      allLost.complete(
          rejection.orElseGet(
              () -> "phase %s: %s.".formatted(phase.name(), losses.ofAll(all, begunAtNanos))));
    }
  }

  /**
   * A sentence about a target that wants none of these connections; empty while it serves some. It
   * ended or declined every connection of a connect phase, or ended most of another one before
   * their first delivery. Silent connections that it ends are its result.
   */
  public Optional<String> rejection() {
    if (phase.kind() == PhaseKind.IDLE || phase.outage().any()) {
      return Optional.empty();
    }
    int lost = losses.count();
    DeliveryCount seen = recorder.deliveryCount();
    if (phase.kind() == PhaseKind.CONNECT) {
      return driver
          .connects()
          .flatMap(connects -> connects.rejection(seen.sent(), losses, begunAtNanos))
          .map(clause -> "phase %s: %s.".formatted(phase.name(), clause));
    }
    long all = driver.slotMap().slots().size();
    return lost == 0 || seen.delivered() > 0 || 2L * lost <= all
        ? Optional.empty()
        : Optional.of(
            "phase %s: after their 101 the target ended %d of %d connections and delivered nothing: %s.%s"
                .formatted(phase.name(), lost, all, losses.reason(), hint));
  }

  /** The most frequent way in which connections were lost; empty when none was. */
  public Optional<String> lossReason() {
    return Optional.of(losses.reason()).filter(reason -> !reason.isEmpty());
  }

  /** The load's counters besides the delivery counts, by name. */
  public Map<String, Double> counters() {
    Map<String, Double> counters = background.counters();
    InflateCost inflating = fleet.takeInflateCost().join();
    if (inflating.messages() > 0) {
      counters.put(UsageMeter.INFLATED, (double) inflating.messages());
      counters.put(UsageMeter.INFLATE_NANOS, (double) inflating.medianNanos());
    }
    if (!refusedJoins.isEmpty()) {
      counters.put(
          PhaseResult.REFUSED_JOINS,
          refusedJoins.stream().mapToDouble(FailureInterval::count).sum());
    }
    counters.put(PhaseResult.LOOPS, (double) fleet.loops());
    counters.put(PhaseResult.RECEIVED_BYTES, fleet.receivedBytes().join().doubleValue());
    if (reconnects != null) {
      counters.putAll(reconnects.counters());
    }
    if (phase.kind() == PhaseKind.FANOUT && fleet.nodes() > 1) {
      counters.put(PhaseResult.OTHER_NODE_DELIVERIES, (double) recorder.crossed());
    }
    return counters;
  }

  /** Closes the phase's connections; none of them counts as lost. */
  public void close() {
    stopBlock();
    if (reconnects != null) {
      reconnects.stop();
    }
    fleet.closeAll().join();
  }
}
