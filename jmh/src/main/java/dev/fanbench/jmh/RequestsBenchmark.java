package dev.fanbench.jmh;

import dev.fanbench.baseline.ConnectionRules;
import dev.fanbench.baseline.NettyServer;
import dev.fanbench.baseline.ServerOptions;
import dev.fanbench.baseline.requests.DelayedEcho;
import dev.fanbench.baseline.requests.RequestConcurrency;
import dev.fanbench.protocol.rpc.RpcClient;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the milliseconds until the last of {@value #REQUESTS} binary requests is answered. One
 * client sends them at once, and each takes {@code requestMillis}. The server handles all together,
 * or one after the other, as the system did that the binary form comes from. That system took 1,022
 * ms for 20 requests of 50 ms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseG1GC"})
public class RequestsBenchmark {
  static final int REQUESTS = 20;

  /** A server and its one client, for a trial. */
  @State(Scope.Benchmark)
  public static class Connection {
    /** The number of requests handled at one time. */
    @Param({"CONCURRENT", "ONE_AT_A_TIME"})
    public RequestConcurrency requests;

    /** The time of each request, in milliseconds. */
    @Param("50")
    public int requestMillis;

    private NettyServer server;
    private RpcClient client;

    @Setup(Level.Trial)
    public void open() throws IOException {
      RpcOptions rpc = RpcOptions.defaults();
      DelayedEcho handler = new DelayedEcho(Duration.ofMillis(requestMillis), rpc.timer());
      server =
          NettyServer.start(
              ServerOptions.defaults()
                  .withRules(
                      ConnectionRules.defaults()
                          .withRpc(rpc.withRequests(requests.handledBy(handler)))));
      client = RpcClient.connect(server.url(), rpc).join();
    }

    @TearDown(Level.Trial)
    public void close() {
      client.close();
      server.close();
    }
  }

  /** One operation is all of the requests. */
  @Benchmark
  public void burst(Connection connection) {
    CompletableFuture.allOf(
            IntStream.range(0, REQUESTS)
                .mapToObj(i -> connection.client.ask(ByteBuffer.allocate(Integer.BYTES)))
                .toArray(CompletableFuture[]::new))
        .join();
  }
}
