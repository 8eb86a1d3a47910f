package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.measurement.clock.SystemNanoClock;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the loop's thread allocates, by the JVM's own account. */
@Timeout(60)
class AllocationTest {
  private static final int SUBSCRIBERS = 100;
  private static final int WARM_UP = 200;
  private static final int MEASURED = 100;

  /**
   * A delivery takes nothing itself. What may remain is the JVM's and Netty's own once-only work
   * (class loading, a pool that grows): less than a byte each over 10,000 deliveries, where one
   * object each would be at least 16.
   */
  private static final double TOLERATED_BYTES_PER_DELIVERY = 1.0;

  /** The same over 100 publications; the task that sends one is its caller's. */
  private static final double TOLERATED_BYTES_PER_PUBLICATION = 16;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
  private final Tally tally = new Tally();

  /** The leak detector of the tests keeps a record for each buffer. */
  @BeforeEach
  void withoutLeakDetector() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void withLeakDetector() {
    ResourceLeakDetector.setLevel(level);
  }

  @Test
  void deliveriesAllocateNothing() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet subscribers = Fleet.open(options(target));
        Fleet publishers = Fleet.open(options(target))) {
      subscribers.record(loop -> tally).get();
      seated(subscribers, ClientSlot.subscribers(SUBSCRIBERS, List.of("room")));
      Client publisher = seated(publishers, ClientSlot.publishers(List.of("room"))).get(0);
      publish(publisher, WARM_UP);
      long receiving = allocatedBy(subscribers);
      long sending = allocatedBy(publishers);
      publish(publisher, MEASURED);
      double perDelivery =
          (double) (allocatedBy(subscribers) - receiving) / (MEASURED * SUBSCRIBERS);
      double perPublication = (double) (allocatedBy(publishers) - sending) / MEASURED;
      assertTrue(perDelivery < TOLERATED_BYTES_PER_DELIVERY, perDelivery + " bytes per delivery");
      assertTrue(
          perPublication < TOLERATED_BYTES_PER_PUBLICATION,
          perPublication + " bytes per publication");
    }
  }

  private void publish(Client publisher, int count) throws Exception {
    StampedText text = StampedText.chat(0, 64);
    SentListener ignored = (sequence, sentAtNanos) -> {};
    for (int n = 0; n < count; n++) {
      SendOutcome outcome =
          publisher
              .executor()
              .submit(() -> publisher.send(text, 0, 0, ignored))
              .get(10, TimeUnit.SECONDS);
      assertEquals(SendOutcome.SENT, outcome);
      tally.await(SUBSCRIBERS);
    }
  }

  private long allocatedBy(Fleet fleet) throws Exception {
    long thread =
        fleet.executor(0).submit(() -> Thread.currentThread().getId()).get(10, TimeUnit.SECONDS);
    return threads.getThreadAllocatedBytes(thread);
  }

  private static List<Client> seated(Fleet fleet, List<ClientSlot> slots) throws Exception {
    JoinResult joinResult = fleet.joinAll(slots, 16, joined -> {}).get(10, TimeUnit.SECONDS);
    return assertInstanceOf(JoinResult.Complete.class, joinResult).clients();
  }

  private static FleetOptions options(FaultyTarget target) {
    return FleetOptions.of(target.url(), SystemNanoClock.INSTANCE).withLoops(1);
  }
}
