package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads, a target that drops, repeats and reorders at random, and books kept beside it. */
class BooksUnderLoadTest {

  private static final int LOOPS = 3;
  private static final int PUBLISHERS = 2;

  private final ExecutorService threads = Executors.newFixedThreadPool(LOOPS + 1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** What a faulty target sends to one subscriber, and what is wrong with it. */
  private record Stream(
      int subscriber, List<Integer> sequences, int distinct, int repeats, int reordered) {

    static Stream random(Random random, PhaseRecorder recorder, int subscriber) {
      List<Integer> sequences = new ArrayList<>();
      int repeats = 0;
      int dropped = 0;
      int mine = 0;
      for (int n = 0; n < recorder.phase().count(); n++) {
        if (recorder.room(n) != recorder.room(subscriber)) {
          continue;
        }
        mine++;
        int copies = random.nextInt(20) == 0 ? 0 : random.nextInt(20) == 0 ? 3 : 1;
        dropped += copies == 0 ? 1 : 0;
        repeats += Math.max(0, copies - 1);
        sequences.addAll(Collections.nCopies(copies, n));
      }
      for (int i = random.nextInt(15); i + 1 < sequences.size(); i += 1 + random.nextInt(15)) {
        Collections.swap(sequences, i, i + 1);
      }
      return new Stream(subscriber, sequences, mine - dropped, repeats, countReordered(sequences));
    }

    /** The definition, said once more without bitmaps: first sights behind a later sequence. */
    private static int countReordered(List<Integer> sequences) {
      int reordered = 0;
      for (int i = 0; i < sequences.size(); i++) {
        int n = sequences.get(i);
        List<Integer> before = sequences.subList(0, i);
        if (!before.contains(n)
            && before.stream().anyMatch(m -> m % PUBLISHERS == n % PUBLISHERS && m > n)) {
          reordered++;
        }
      }
      return reordered;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyFaultIsCountedExactly(long seed) throws Exception {
    Random random = new Random(seed);
    int subscribers = 1 + random.nextInt(40);
    int rooms = 1 + random.nextInt(Math.min(3, subscribers));
    int count = 20 + random.nextInt(200);
    AtomicIntegerArray closed = new AtomicIntegerArray(count);
    Phase phase = new Phase("f", PhaseKind.FANOUT, subscribers, rooms, count, 1_000, false);
    PhaseRecorder recorder =
        Phases.begun(
            Phases.plan(phase, PUBLISHERS, LOOPS), arrival -> closed.incrementAndGet(arrival.n()));
    List<Stream> streams = new ArrayList<>();
    for (int s = 0; s < subscribers; s++) {
      streams.add(Stream.random(random, recorder, s));
    }

    sendAll(recorder);
    runLoops(recorder, streams);
    recorder.complete();

    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(streams.stream().mapToInt(Stream::distinct).sum(), deliveryCount.delivered());
    assertEquals(streams.stream().mapToInt(Stream::repeats).sum(), deliveryCount.duplicates());
    assertEquals(streams.stream().mapToInt(Stream::reordered).sum(), deliveryCount.outOfOrder());
    assertEquals(0, deliveryCount.late());
    assertEquals(0, deliveryCount.unexpected());
    assertEquals(0, deliveryCount.anomalies());
    assertExact(recorder, closed);
  }

  /** The end may come at any moment: whatever is on its way, nothing is counted by half. */
  @Test
  void theBooksBalanceWheneverThePhaseEnds() throws Exception {
    for (int round = 0; round < 60; round++) {
      Random random = new Random(round);
      Phase phase = Phases.fanOut(12, 300, 1_000);
      AtomicIntegerArray closed = new AtomicIntegerArray(300);
      PhaseRecorder recorder =
          Phases.begun(
              Phases.plan(phase, PUBLISHERS, LOOPS),
              arrival -> closed.incrementAndGet(arrival.n()));
      List<Stream> streams = new ArrayList<>();
      for (int s = 0; s < 12; s++) {
        streams.add(Stream.random(random, recorder, s));
      }
      sendAll(recorder);
      Future<?> end = threads.submit(() -> completeAfter(recorder, 1 + random.nextInt(3_000)));
      runLoops(recorder, streams);
      end.get(20, TimeUnit.SECONDS);
      assertExact(recorder, closed);
      int told = streams.stream().mapToInt(s -> s.sequences().size()).sum();
      DeliveryCount deliveryCount = recorder.deliveryCount();
      assertEquals(
          told,
          deliveryCount.delivered()
              + deliveryCount.duplicates()
              + deliveryCount.late()
              + recorder.afterClose());
    }
  }

  private static void assertExact(PhaseRecorder recorder, AtomicIntegerArray closed) {
    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertTrue(deliveryCount.balance(), deliveryCount::toString);
    assertTrue(recorder.settled());
    assertEquals(deliveryCount.delivered(), count(recorder, Series.RESPONSE));
    assertEquals(deliveryCount.delivered(), count(recorder, Series.SERVICE));
    assertEquals(deliveryCount.sent(), count(recorder, Series.SEND_DELAY));
    long whole = 0;
    long missing = 0;
    for (int n = 0; n < closed.length(); n++) {
      assertEquals(1, closed.get(n), "arrival " + n + " is closed once");
      whole += recorder.arrival(n).missing() == 0 ? 1 : 0;
      missing += recorder.arrival(n).missing();
    }
    assertEquals(whole, count(recorder, Series.LAST_DELIVERY));
    assertEquals(deliveryCount.missing(), missing);
    assertEquals(deliveryCount.missing(), recorder.undelivered().getOrDefault("response", 0L));
    assertEquals(
        deliveryCount.sent() - whole, recorder.undelivered().getOrDefault("lastDelivery", 0L));
  }

  private static long count(PhaseRecorder recorder, Series series) {
    Histogram histogram = SampleRecorder.emptyHistogram();
    recorder.drainInto(series, histogram);
    return histogram.getTotalCount();
  }

  private static void sendAll(PhaseRecorder recorder) {
    for (int n = 0; n < recorder.phase().count(); n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
  }

  private static void completeAfter(PhaseRecorder recorder, int deliveries) {
    while (!Thread.currentThread().isInterrupted()
        && recorder.deliveryCount().delivered() < Math.min(deliveries, 2_500)) {
      Thread.onSpinWait();
    }
    recorder.complete();
  }

  /** Each loop has every third subscriber and mixes their streams, all loops at once. */
  private void runLoops(PhaseRecorder recorder, List<Stream> streams) throws Exception {
    CyclicBarrier start = new CyclicBarrier(LOOPS);
    List<Future<?>> running = new ArrayList<>();
    for (int loop = 0; loop < LOOPS; loop++) {
      int number = loop;
      List<Stream> mine = streams.stream().filter(s -> s.subscriber() % LOOPS == number).toList();
      running.add(threads.submit(() -> runLoop(recorder, number, mine, start)));
    }
    for (Future<?> each : running) {
      each.get(20, TimeUnit.SECONDS);
    }
  }

  private static Void runLoop(
      PhaseRecorder recorder, int loop, List<Stream> streams, CyclicBarrier start)
      throws InterruptedException, BrokenBarrierException, TimeoutException {
    DeliveryRecorder deliveries = recorder.deliveries(loop);
    start.await(20, TimeUnit.SECONDS);
    int longest = streams.stream().mapToInt(s -> s.sequences().size()).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (Stream stream : streams) {
        if (i < stream.sequences().size()) {
          int n = stream.sequences().get(i);
          long intended = recorder.intendedAtNanos(n);
          deliveries.delivered(
              stream.subscriber(), 100 + n % PUBLISHERS, n, intended, intended + 5 * MILLI + i);
        }
      }
    }
    return null;
  }
}
