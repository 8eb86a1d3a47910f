package dev.fanbench.jmh;

import dev.fanbench.jmh.sockets.LoopCost;
import dev.fanbench.jmh.sockets.PlainSocketRoom;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The lower limit of {@link BroadcasterBenchmark} without joining: one write of a finished frame to
 * each of as many plain sockets. The report's ratios to the floor refer to its rows.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseG1GC"})
public class FloorBenchmark {

  /** The sockets, open for a trial. */
  @State(Scope.Benchmark)
  public static class Room {
    /** Deliveries per publication. */
    @Param({"10", "100", "1000"})
    public int fanOut;

    /** Bytes of text in a frame; ASCII. */
    @Param("64")
    public int payloadBytes;

    private PlainSocketRoom sockets;
    private String text;

    @Setup(Level.Trial)
    public void open() throws IOException {
      text = "x".repeat(payloadBytes);
      sockets = PlainSocketRoom.open(fanOut);
    }

    /** Fails the trial when not every byte was read by the other side. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
      sockets.close();
    }
  }

  /** One operation is one publication; one invocation makes several. */
  @Benchmark
  @OperationsPerInvocation(BroadcasterBenchmark.PUBLICATIONS)
  public void publish(Room room, BroadcasterBenchmark.Deliveries deliveries) throws IOException {
    LoopCost cost = room.sockets.publish(room.text, BroadcasterBenchmark.PUBLICATIONS);
    int delivered = BroadcasterBenchmark.PUBLICATIONS * room.fanOut;
    deliveries.delivery += delivered;
    LoopCostProfiler.add(cost, delivered);
  }
}
