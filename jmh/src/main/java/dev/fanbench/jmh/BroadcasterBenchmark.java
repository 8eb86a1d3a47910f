package dev.fanbench.jmh;

import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.jmh.sockets.BroadcasterChoice;
import dev.fanbench.jmh.sockets.LoopCost;
import dev.fanbench.jmh.sockets.LoopbackRoom;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * One publication to a room of real sockets, until every outbound buffer is empty: Netty's channel
 * group against the frame that is encoded once, and against frames that are joined.
 *
 * <p>The score is nanoseconds per publication. Beside it stand {@code delivery}, nanoseconds per
 * delivery, and {@link LoopCostProfiler}'s figures of the event loop alone.
 *
 * <p>JMH's own thread hands the loop {@value #PUBLICATIONS} publications at a time and waits, so
 * the hand-over weighs little; the loop makes them {@code inFlight} at a time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {
      "-Xms256m",
      "-Xmx256m",
      "-XX:+UseG1GC",
      "-Dio.netty.leakDetection.level=disabled"
    })
public class BroadcasterBenchmark {
  static final int PUBLICATIONS = 20;

  /**
   * The room, open for a trial. JMH takes parameters in the order of their names, the last one
   * changing fastest; so both kinds run at one fan-out, close in time, before the next fan-out.
   */
  @State(Scope.Benchmark)
  public static class Room {
    /** Deliveries per publication. */
    @Param({"10", "100", "1000"})
    public int fanOut;

    /** Publications that the event loop has at a time. */
    @Param({"1", "20"})
    public int inFlight;

    /** The broadcaster; one of your own by {@code -p kind=} and the name of its class. */
    @Param({"CHANNEL_GROUP", "ENCODE_ONCE", "JOINED"})
    public String kind;

    /** The kernel interface; IO_URING and NIO by {@code -p transport=}. */
    @Param("EPOLL")
    public ServerTransport transport;

    /** Bytes of text in a frame; ASCII. */
    @Param("64")
    public int payloadBytes;

    /** Whether frames go out deflated, once for all; not by CHANNEL_GROUP. */
    @Param("false")
    public boolean deflate;

    private LoopbackRoom sockets;
    private String text;

    @Setup(Level.Trial)
    public void open() throws IOException, InterruptedException {
      text = words(payloadBytes);
      sockets = LoopbackRoom.open(BroadcasterChoice.parse(kind), transport, fanOut, deflate);
    }

    /** Fails the trial when not every byte was read by the other side. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
      sockets.close();
    }
  }

  /** Words in an order without a pattern, so that deflating finds what it would in a chat. */
  static String words(int bytes) {
    String[] some =
        ("how long until the last person in this room has seen what was said a moment ago, is it"
                + " tea or coffee, and who will bring 42 cups? see you at half past three ;-)")
            .split(" ", -1);
    Random order = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes) {
      text.append(some[order.nextInt(some.length)]).append(' ');
    }
    return text.substring(0, bytes);
  }

  /** Time over this counter is time per delivery. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Deliveries {
    /** Deliveries of an iteration. */
    public long delivery;
  }

  /** One operation is one publication; one invocation makes several. */
  @Benchmark
  @OperationsPerInvocation(PUBLICATIONS)
  public void publish(Room room, Deliveries deliveries) throws InterruptedException {
    LoopCost cost = room.sockets.publish(room.text, PUBLICATIONS, room.inFlight);
    int delivered = PUBLICATIONS * room.fanOut;
    deliveries.delivery += delivered;
    LoopCostProfiler.add(cost, delivered);
  }
}
