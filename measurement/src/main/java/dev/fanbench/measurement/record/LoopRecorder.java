package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import org.HdrHistogram.WriterReaderPhaser;

/**
 * One event loop's share of a phase.
 *
 * <p>Each call runs inside a writer's section of the loop's own phaser (two uncontended atomic
 * adds). Closing flips it once, which waits for calls on their way and makes the counts exact: a
 * delivery is either wholly in its phase or wholly after it.
 */
final class LoopRecorder implements DeliveryRecorder, HiccupRecorder {

  final SampleRecorder response = SampleRecorder.ofOneWriter();
  final SampleRecorder service = SampleRecorder.ofOneWriter();
  final SampleRecorder readLag = SampleRecorder.ofOneWriter();
  final SampleRecorder hiccup = SampleRecorder.ofOneWriter();

  /** Response times by node; null for a target of one node. */
  final SampleRecorder sameNode;

  final SampleRecorder otherNode;

  final Counter crossed = new Counter();
  final Counter delivered = new Counter();
  final Counter foreign = new Counter();
  final Counter duplicates = new Counter();
  final Counter outOfOrder = new Counter();
  final Counter late = new Counter();
  final Counter otherCopies = new Counter();
  final Counter cutTexts = new Counter();
  final FailureMeter refusals = new FailureMeter(PhaseResult.REFUSED);
  final Counter otherFrames = new Counter();
  final Counter unexpected = new Counter();
  final Counter afterClose = new Counter();

  /** Place of a publisher that is not of this phase. */
  private static final int NONE = -1;

  /** Place of a publisher of another shard. */
  private static final int FOREIGN = -2;

  private final int loop;
  private final PhasePlan plan;
  private final ArrivalLedger ledger;
  private final SequenceOrder order;
  private final ForeignOrder foreignOrder;
  private final SubscriberSampler bySubscriber;
  private final ArrivalCloser closing;
  private final int arrivals;
  private final int rows;
  private final int shard;
  private final int shards;
  private final int turnSize;
  private final int roomsPerClient;
  private final boolean byLoop;
  private final boolean membersPublish;
  private final NodeMap nodes;
  private final WriterReaderPhaser phaser = new WriterReaderPhaser();
  private volatile boolean closed;

  LoopRecorder(
      int loop,
      PhasePlan plan,
      ArrivalLedger ledger,
      SequenceOrder order,
      ForeignOrder foreignOrder,
      SubscriberSampler bySubscriber,
      ArrivalCloser closing) {
    this.loop = loop;
    this.plan = plan;
    this.ledger = ledger;
    this.order = order;
    this.foreignOrder = foreignOrder;
    this.bySubscriber = bySubscriber;
    this.closing = closing;
    arrivals = plan.phase().count();
    rows = plan.phase().memberships();
    shard = plan.share().shard().index();
    shards = plan.share().shard().count();
    turnSize = plan.turnSize();
    roomsPerClient = plan.phase().roomsPerClient();
    byLoop = plan.answersTheAsker();
    membersPublish = plan.membersPublish();
    nodes = plan.fanOut() ? plan.nodes() : null;
    sameNode = nodes == null ? null : SampleRecorder.ofOneWriter();
    otherNode = nodes == null ? null : SampleRecorder.ofOneWriter();
  }

  @Override
  public void delivered(
      int subscriber,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      int place = place(publisher);
      int row = byLoop ? subscriber : plan.membership(subscriber, sequence);
      if (isOwn(row, place)) {
        countOwn();
      } else if (closed) {
        afterClose.increment();
      } else if (publisher >= 0 && publisher < plan.firstPublisher()) {
        late.increment();
      } else if (place == FOREIGN) {
        countForeign(row, publisher - plan.firstPublisher(), sequence);
      } else if (!possible(row, place, sequence)) {
        unexpected.increment();
      } else {
        LedgerSegment segment = ledger.segment(sequence);
        if (segment == null) {
          countReleased(sequence, intendedAtNanos);
        } else if (intendedAtNanos != segment.intendedAtNanos(sequence)) {
          unexpected.increment();
        } else {
          place(
              segment,
              byLoop ? loop : row,
              place,
              sequence,
              intendedAtNanos,
              nowNanos,
              readLagNanos);
        }
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  @Override
  public void otherCopy() {
    count(otherCopies);
  }

  @Override
  public void other() {
    count(otherFrames);
  }

  @Override
  public void cut() {
    count(cutTexts);
  }

  @Override
  public void refused(long atNanos) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (!closed) {
        refusals.add(atNanos);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  @Override
  public void tick(long dueAtNanos, long ranAtNanos) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (!closed && dueAtNanos >= ledger.startNanos(ledger.blocksBegun() - 1)) {
        hiccup.record(ranAtNanos - dueAtNanos);
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }

  /** Stops recording and waits for calls that have begun. By one thread, once. */
  void close() {
    closed = true;
    phaser.readerLock();
    try {
      phaser.flipPhase();
    } finally {
      phaser.readerUnlock();
    }
  }

  SampleRecorder samples(Series series) {
    return switch (series) {
      case RESPONSE -> response;
      case SERVICE -> service;
      case READ_LAG -> readLag;
      case HICCUP -> hiccup;
      case SAME_NODE -> sameNode;
      case OTHER_NODE -> otherNode;
      default -> throw new IllegalArgumentException(series + " is not taken per loop");
    };
  }

  /** The place of a publisher among those of this shard; below 0 when it has none. */
  private int place(int publisher) {
    if (publisher < plan.firstPublisher()) {
      return NONE;
    }
    int number = publisher - plan.firstPublisher();
    if (shards == 1) {
      return number;
    }
    return number % shards == shard ? number / shards : FOREIGN;
  }

  private void countForeign(int row, int number, int sequence) {
    switch (foreignOrder.see(row, number % shards, number / shards, sequence)) {
      case FIRST -> foreign.increment();
      case BEHIND -> {
        foreign.increment();
        outOfOrder.increment();
      }
      case AGAIN -> duplicates.increment();
      case IMPOSSIBLE -> unexpected.increment();
    }
  }

  private boolean possible(int row, int publisher, int sequence) {
    return publisher >= 0
        && publisher < plan.publishers()
        && sequence >= 0
        && sequence < arrivals
        && ledger.begun(sequence)
        && (byLoop || reaches(row, sequence))
        && (!membersPublish || sequence % plan.publishers() == publisher);
  }

  /** Some servers send a publication back to the member that published it, and some do not. */
  private boolean isOwn(int row, int publisher) {
    return membersPublish && publisher == row;
  }

  private void countOwn() {
    if (!closed) {
      otherCopies.increment();
    }
  }

  private boolean reaches(int row, int sequence) {
    return row >= 0 && row < rows && (sequence - row) % turnSize == 0;
  }

  private void place(
      LedgerSegment segment,
      int row,
      int publisher,
      int sequence,
      long intendedAtNanos,
      long nowNanos,
      long readLagNanos) {
    DeliveryBitmap audience = segment.audience;
    int place = segment.place(sequence / turnSize);
    if (audience.has(row, place)) {
      duplicates.increment();
      return;
    }
    if (nowNanos > ledger.deadlineNanos(sequence)) {
      late.increment();
      return;
    }
    int outstanding = ledger.take(segment, sequence, loop, nowNanos, readLagNanos);
    if (outstanding < 0) {
      countUnawaited(outstanding);
      return;
    }
    delivered.increment();
    audience.mark(row, place);
    if (!byLoop) {
      if (order.isBehind(row, publisher, sequence)) {
        outOfOrder.increment();
      }
      bySubscriber.record(row / roomsPerClient, nowNanos - intendedAtNanos);
    }
    response.record(nowNanos - intendedAtNanos);
    service.record(nowNanos - segment.sentAtNanos(sequence));
    readLag.record(readLagNanos);
    if (nodes != null) {
      countNode(crosses(row, publisher), nowNanos - intendedAtNanos);
    }
    if (outstanding == 0) {
      closing.whole(sequence);
    }
  }

  /** Memberships of one client are one connection, and where members publish so are publishers. */
  private boolean crosses(int membership, int publisher) {
    return nodes.crosses(
        membership / roomsPerClient, membersPublish ? publisher / roomsPerClient : publisher);
  }

  private void countNode(boolean crosses, long responseNanos) {
    if (crosses) {
      crossed.increment();
      otherNode.record(responseNanos);
    } else {
      sameNode.record(responseNanos);
    }
  }

  /** A stamp of an arrival that was let go, or for which nothing is prepared as it is not due. */
  private void countReleased(int sequence, long intendedAtNanos) {
    if (intendedAtNanos != ledger.intendedAtNanos(sequence)) {
      unexpected.increment();
    } else {
      int state = ledger.state(sequence);
      countUnawaited(state == 0 ? ArrivalLedger.ALREADY_WHOLE : state);
    }
  }

  private void countUnawaited(int reason) {
    if (reason == ArrivalLedger.ALREADY_WHOLE) {
      duplicates.increment();
    } else if (reason <= ArrivalLedger.CLOSED) {
      late.increment();
    } else {
      unexpected.increment();
    }
  }

  private void count(Counter counter) {
    long section = phaser.writerCriticalSectionEnter();
    try {
      if (!closed) {
        counter.increment();
      }
    } finally {
      phaser.writerCriticalSectionExit(section);
    }
  }
}
