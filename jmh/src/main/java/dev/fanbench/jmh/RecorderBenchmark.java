package dev.fanbench.jmh;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.stamp.StampReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the instrument's own time for each frame that a subscriber receives, in nanoseconds:
 * reading the stamp, reporting the delivery, and both with a reading of the clock.
 *
 * <p>An invocation is one publication's deliveries to all {@value RecordedRoom#SUBSCRIBERS}
 * subscribers of a room, as one event loop sees them; an operation is one delivery. Each delivery
 * is reported once, as in a run: a second report would be a duplicate, which costs less.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseG1GC"})
public class RecorderBenchmark {

  /** The next publication without reported deliveries. */
  @State(Scope.Thread)
  public static class Publication {
    private final StampReader stamp = new StampReader();
    private RecordedRoom room;
    private DeliveryRecorder recorder;
    private NanoClock clock;
    private byte[] received;
    private int sequence;
    private int publisher;
    private long intendedAtNanos;
    private long nowNanos;

    /** Moves on; when a phase has no publication left, to the next phase. */
    @Setup(Level.Invocation)
    public void next() throws IOException {
      sequence++;
      if (room == null || sequence == RecordedRoom.PUBLICATIONS) {
        close();
        room = RecordedRoom.open();
        recorder = room.recorder();
        clock = room.clock();
        publisher = room.publisher();
        sequence = 0;
      }
      intendedAtNanos = room.intendedAtNanos(sequence);
      received = room.received(sequence);
      nowNanos = clock.nanoTime();
    }

    DeliveryCount deliveryCount() {
      return room.deliveryCount();
    }

    /** Fails the trial when anything but a first delivery was recorded. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
      if (room == null) {
        return;
      }
      DeliveryCount deliveryCount = room.deliveryCount();
      room.close();
      if (deliveryCount.delivered() % RecordedRoom.SUBSCRIBERS != 0
          || deliveryCount.duplicates()
                  + deliveryCount.late()
                  + deliveryCount.unexpected()
                  + deliveryCount.anomalies()
              != 0) {
        throw new IllegalStateException("not what was meant to be measured: " + deliveryCount);
      }
    }
  }

  /** Reads a stamp behind the name of its sender. */
  @Benchmark
  @OperationsPerInvocation(RecordedRoom.SUBSCRIBERS)
  public int readStamp(Publication publication) {
    int found = 0;
    for (int subscriber = 0; subscriber < RecordedRoom.SUBSCRIBERS; subscriber++) {
      if (publication.stamp.read(publication.received, 0, publication.received.length)) {
        found += publication.stamp.sequence();
      }
    }
    return found;
  }

  /** Reports deliveries whose stamp and time are known. */
  @Benchmark
  @OperationsPerInvocation(RecordedRoom.SUBSCRIBERS)
  public void delivered(Publication publication) {
    for (int subscriber = 0; subscriber < RecordedRoom.SUBSCRIBERS; subscriber++) {
      publication.recorder.delivered(
          subscriber,
          publication.publisher,
          publication.sequence,
          publication.intendedAtNanos,
          publication.nowNanos);
    }
  }

  /** All of it: takes the time, reads the stamp, reports the delivery. */
  @Benchmark
  @OperationsPerInvocation(RecordedRoom.SUBSCRIBERS)
  public void frame(Publication publication) {
    StampReader stamp = publication.stamp;
    for (int subscriber = 0; subscriber < RecordedRoom.SUBSCRIBERS; subscriber++) {
      long nowNanos = publication.clock.nanoTime();
      if (stamp.read(publication.received, 0, publication.received.length)) {
        publication.recorder.delivered(
            subscriber, stamp.publisher(), stamp.sequence(), stamp.intendedAtNanos(), nowNanos);
      }
    }
  }
}
