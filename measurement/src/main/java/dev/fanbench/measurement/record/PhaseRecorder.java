package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One phase, from its first intended time to its delivery counts. It is offered in one or more
 * blocks, and other targets may have their turn between two of them.
 *
 * <pre>{@code
 * PhaseRecorder recorder = run.begin(phase, publishers, startNanos, listener);
 * // the driver, for each arrival n, at recorder.intendedAtNanos(n) and never before:
 * recorder.sent(n, clock.nanoTime());          // then hand the stamped bytes over
 * // each event loop, for each frame its clients read:
 * recorder.deliveries(loop).delivered(subscriber, publisher, sequence, intended, clock.nanoTime());
 * // when recorder.settled(), or clock.nanoTime() is over recorder.deadlineNanos():
 * run.end(targetUsage, loadUsage);
 * }</pre>
 *
 * <p>All methods may be called from any thread, but for what {@link #deliveries} and {@link
 * #hiccups} return. Times are nanoseconds since the run's epoch.
 */
public final class PhaseRecorder {

  private final PhasePlan plan;
  private final ArrivalLedger ledger;
  private final ArrivalCloser closing;
  private final AwayTracker absences;
  private final SendRecorder sends;
  private final SubscriberSampler bySubscriber;
  private final SampleRecorder subscriberP50 = SampleRecorder.ofFew();
  private final SampleRecorder subscriberP99 = SampleRecorder.ofFew();
  private final List<LoopRecorder> loops = new ArrayList<>();
  private final FailureMeter lost = new FailureMeter(PhaseResult.LOST);
  private final SeriesTable sources;
  private volatile List<FailureInterval> refusedJoins = List.of();

  private final ForeignCount foreign;
  private boolean complete;

  PhaseRecorder(PhasePlan plan, ArrivalListener listener) {
    this.plan = plan;
    ledger = new ArrivalLedger(plan);
    closing = new ArrivalCloser(plan, ledger, listener);
    absences = new AwayTracker(plan);
    sends = new SendRecorder(plan, ledger, closing, absences);
    SequenceOrder order = new SequenceOrder(plan);
    ForeignOrder foreignOrder = new ForeignOrder(plan);
    bySubscriber = new SubscriberSampler(plan.fanOut() ? plan.phase().subscribers() : 0);
    for (int loop = 0; loop < plan.loops(); loop++) {
      loops.add(new LoopRecorder(loop, plan, ledger, order, foreignOrder, bySubscriber, closing));
    }
    foreign = new ForeignCount(loops, plan.share().foreignFanOut());
    sources = collectSources();
  }

  /** The phase as offered. */
  public Phase phase() {
    return plan.phase();
  }

  /** Number of this phase's first publisher, for stamps; the others count up from it. */
  public int firstPublisher() {
    return plan.firstPublisher();
  }

  /** Begins the next block, whose first arrival has this intended time. */
  void beginBlock(long startNanos) {
    foreign.forget();
    ledger.beginBlock(startNanos);
  }

  /** Blocks that have begun. */
  public int blocksBegun() {
    return ledger.blocksBegun();
  }

  /** Intended time of the first arrival of the latest block. */
  public long startNanos() {
    int begun = ledger.blocksBegun();
    return begun == 0 ? 0 : ledger.startNanos(begun - 1);
  }

  /**
   * The end of the latest block: its deliveries after this time are late. Deliveries that have not
   * arrived by then are missing.
   */
  public long deadlineNanos() {
    return ledger.deadlineNanos(plan.phase().firstOfBlock(ledger.blocksBegun() - 1));
  }

  /**
   * The time at which arrival {@code n} must be sent. It is never sent before, and a later send
   * counts as send delay.
   */
  public long intendedAtNanos(int n) {
    return ledger.intendedAtNanos(n);
  }

  /** The numbers of publishers that this phase takes, in all shards. */
  public int publisherNumbers() {
    return plan.publisherNumbers();
  }

  /**
   * Other shards have sent so many publications in this phase so far, each of which this shard's
   * members should receive.
   */
  public void foreignSent(long publications) {
    foreign.sent(publications);
  }

  /** True when every delivery has come that other shards' publications should cause here. */
  public boolean foreignSettled() {
    return foreign.settled();
  }

  /** The room that arrival {@code n} publishes to, or that subscriber {@code n} is in. */
  public int room(int n) {
    return plan.room(n);
  }

  /** Deliveries that arrival {@code n} should cause. */
  public int expected(int n) {
    return plan.expected(n);
  }

  /**
   * Arrival {@code n} is about to be sent. Call it just before the bytes are handed over: a
   * delivery that overtakes this call is unexpected. After the phase is complete it does nothing.
   *
   * @throws IllegalStateException when it was already sent or failed
   */
  public void sent(int n, long atNanos) {
    sends.sent(n, atNanos);
  }

  /**
   * A connection of a connect phase has TLS. After the phase is complete it does nothing.
   *
   * @param handshakeNanos from the TCP connection to the end of the TLS handshake
   */
  public void secured(long handshakeNanos) {
    sends.secured(handshakeNanos);
  }

  /**
   * Nothing (more) will come of arrival {@code n}. When it was not sent it counts as failed and
   * expects nothing; when it was, as for a refused connection, what is outstanding is missing at
   * once. Does nothing for an arrival that is closed.
   */
  public void failed(int n) {
    sends.failed(n);
  }

  /**
   * The load's own system had nothing to try arrival {@code n} with, such as a port. It is not
   * sent, whether it was announced by {@link #sent} or not, and expects nothing.
   */
  public void untried(int n) {
    sends.untried(n);
  }

  /** The target refused connects and joins while the rooms of the phase were filled. */
  public void refusedJoins(List<FailureInterval> beforePhase) {
    refusedJoins = List.copyOf(beforePhase);
  }

  /** The target closed or lost a socket that the load kept open. */
  public void lostConnection(long atNanos) {
    lost.add(atNanos);
  }

  /**
   * In a phase with an outage, a subscriber's connection is lost. Deliveries that it does not get
   * until it is {@link #back} count as missed, not as missing. Called on the subscriber's loop.
   */
  public void away(int subscriber, long atNanos) {
    absences.away(subscriber, atNanos);
  }

  /** A subscriber that was away is in its room again. Called on its loop. */
  public void back(int subscriber, long atNanos) {
    absences.back(subscriber, atNanos);
  }

  /** Subscribers that are away now. */
  public long away() {
    return absences.away();
  }

  /**
   * Nanoseconds from the first subscriber's loss to the last one's return; empty when no subscriber
   * was lost, or one is not back yet.
   */
  public OptionalLong allBackNanos() {
    return absences.allBackNanos();
  }

  /**
   * The recorder to which event loop {@code loop} (from 0), and no other thread, reports its
   * frames.
   */
  public DeliveryRecorder deliveries(int loop) {
    return loops.get(loop);
  }

  /**
   * The recorder to which event loop {@code loop}, and no other thread, reports its timer; see
   * HiccupMeter.
   */
  public HiccupRecorder hiccups(int loop) {
    return loops.get(loop);
  }

  /** True when every arrival is closed, so that there is nothing left to wait for. */
  public boolean settled() {
    return closing.count() == ledger.size();
  }

  /** Arrivals closed so far, for progress. */
  public int closedArrivals() {
    return closing.count();
  }

  /**
   * The delivery counts so far: while the phase runs, {@code missing} counts given-up ones only.
   */
  public DeliveryCount deliveryCount() {
    long foreignDelivered = foreign.delivered();
    long foreignExpected = foreign.expected(foreignDelivered);
    return DeliveryCountBuilder.builder()
        .sent(sends.sent())
        .failed(sends.failed())
        .expected(sends.expected() + foreignExpected)
        .delivered(sum(l -> l.delivered.get()) + foreignDelivered)
        .missing(sends.missing() + Math.max(0, foreignExpected - foreignDelivered))
        .foreign(foreignDelivered)
        .duplicates(sum(l -> l.duplicates.get()))
        .outOfOrder(sum(l -> l.outOfOrder.get()))
        .late(sum(l -> l.late.get()))
        .otherCopies(sum(l -> l.otherCopies.get()))
        .otherFrames(sum(l -> l.otherFrames.get()))
        .unexpected(sum(l -> l.unexpected.get()))
        .cut(sum(l -> l.cutTexts.get()))
        .refused(sum(l -> l.refusals.count()))
        .lostConnections(lost.count())
        .anomalies(sources.anomalies())
        .missedAway(sends.missedAway())
        .untried(sends.untried())
        .build();
  }

  /** Deliveries so far whose publisher was connected to another node; 0 on one node. */
  public long crossed() {
    return sum(l -> l.crossed.get());
  }

  /** Copies that reached subscribers and other clients so far. */
  long copies() {
    return sum(l -> l.delivered.get() + l.foreign.get() + l.duplicates.get() + l.otherCopies.get());
  }

  /** The progress of the phase, with the latest gains of its series. */
  PhaseProgress progress(long nowNanos, Map<Series, Interval> gained) {
    return new PhaseProgress(plan.phase(), nowNanos, ledger.due(nowNanos), deliveryCount(), gained);
  }

  /**
   * Ends the phase: waits for reports that are on their way, ignores later ones, and counts as
   * missing what is outstanding. When it returns, each arrival's listener call has returned too. A
   * second call does nothing.
   */
  public synchronized void complete() {
    if (complete) {
      return;
    }
    complete = true;
    sends.close();
    loops.forEach(LoopRecorder::close);
    sends.settle();
    bySubscriber.medians(subscriberP50::record);
    bySubscriber.p99s(subscriberP99::record);
  }

  /** Arrivals per second really sent; {@link SendRecorder#achievedPerSecond} gives the formula. */
  double achievedPerSecond() {
    return sends.achievedPerSecond();
  }

  /** Samples that never happened and rank as infinite, by series label. */
  Map<String, Long> undelivered() {
    return UndeliveredTally.of(plan, ledger, sends, absences);
  }

  /** Refused joins, lost connections and refusals by time. */
  List<FailureInterval> failures() {
    Stream<FailureMeter> meters =
        Stream.concat(Stream.of(lost), loops.stream().map(l -> l.refusals));
    return Stream.concat(refusedJoins.stream(), meters.flatMap(meter -> meter.intervals().stream()))
        .toList();
  }

  /** Deliveries that came after the phase was complete: late ones of whatever runs now. */
  long afterClose() {
    return sum(l -> l.afterClose.get());
  }

  /** Whether arrival {@code n} cannot change any more; false behind the last one. */
  boolean isClosed(int n) {
    return n < ledger.size() && ledger.state(n) != ArrivalLedger.UNSENT && ledger.state(n) <= 0;
  }

  /** The outcome of arrival {@code n}, once it is closed and until it is let go. */
  Arrival arrival(int n) {
    return ledger.arrival(n);
  }

  /**
   * Prepares for the arrivals of the next seconds, and gives up on very old ones.
   *
   * @return the index behind the arrivals that can be let go
   */
  int turn(long nowNanos) {
    sends.giveUpBefore(nowNanos);
    ledger.reserve(nowNanos);
    return ledger.releasable();
  }

  /** Parts of the ledger that are held now. */
  int segments() {
    return ledger.held();
  }

  /** Lets go of what is known of the arrivals in front of {@code end}; they are written. */
  void release(int end) {
    ledger.release(end);
  }

  /** The series this phase takes. */
  Iterable<Series> series() {
    return sources.series();
  }

  /** Adds what one series gained since the last call; one thread at a time. */
  void drainInto(Series series, Histogram total) {
    sources.drainInto(series, total);
  }

  private SeriesTable collectSources() {
    SeriesTable all = new SeriesTable();
    for (Series series : List.of(Series.RESPONSE, Series.SERVICE, Series.READ_LAG, Series.HICCUP)) {
      all.ofLoops(series, loops);
    }
    all.of(Series.SEND_DELAY, sends.sendDelay);
    if (plan.phase().kind() == PhaseKind.CONNECT) {
      all.of(Series.TLS_HANDSHAKE, sends.tlsHandshake);
    }
    if (plan.fanOut()) {
      all.of(Series.FIRST_DELIVERY, closing.firstDelivery);
      all.of(Series.LAST_DELIVERY, closing.lastDelivery);
      all.of(Series.SKEW, closing.skew);
      all.of(Series.SUBSCRIBER_P50, subscriberP50);
      all.of(Series.SUBSCRIBER_P99, subscriberP99);
    }
    if (plan.fanOut() && plan.nodes() != null) {
      all.ofLoops(Series.SAME_NODE, loops);
      all.ofLoops(Series.OTHER_NODE, loops);
    }
    if (plan.phase().outage().any()) {
      all.of(Series.RECONNECT, absences.reconnect);
    }
    return all;
  }

  private long sum(ToLongFunction<LoopRecorder> count) {
    return loops.stream().mapToLong(count).sum();
  }
}
