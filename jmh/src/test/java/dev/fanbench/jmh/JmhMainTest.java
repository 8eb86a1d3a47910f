package dev.fanbench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.baseline.requests.RequestConcurrency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** One invocation of each benchmark, with its state's set-up and tear-down, in this JVM. */
@Timeout(60)
class JmhMainTest {

  @Test
  void theGeneratedListNamesEachBenchmark() {
    Set<String> names = new TreeSet<>();
    for (BenchmarkListEntry entry : BenchmarkList.defaultList().getAll(null, List.of())) {
      names.add(entry.getUsername());
    }
    assertEquals(
        Set.of(
            "dev.fanbench.jmh.BroadcasterBenchmark.publish",
            "dev.fanbench.jmh.FloorBenchmark.publish",
            "dev.fanbench.jmh.RecorderBenchmark.delivered",
            "dev.fanbench.jmh.RecorderBenchmark.frame",
            "dev.fanbench.jmh.RecorderBenchmark.readStamp",
            "dev.fanbench.jmh.RequestsBenchmark.burst",
            "dev.fanbench.jmh.SignatureBenchmark.check"),
        names);
  }

  @ParameterizedTest
  @EnumSource
  void publishing(BroadcastKind kind) throws Exception {
    BroadcasterBenchmark.Room room = new BroadcasterBenchmark.Room();
    room.kind = kind.name();
    room.transport = ServerTransport.best();
    room.fanOut = 3;
    room.inFlight = 2;
    room.payloadBytes = 64;
    BroadcasterBenchmark.Deliveries deliveries = new BroadcasterBenchmark.Deliveries();
    LoopCostProfiler profiler = new LoopCostProfiler();
    room.open();
    profiler.beforeIteration(null, null);
    new BroadcasterBenchmark().publish(room, deliveries);
    room.close();
    assertEquals(3 * BroadcasterBenchmark.PUBLICATIONS, deliveries.delivery);
    assertEquals(
        List.of("loop.alloc", "loop.cpu", "loop.writes"),
        profiler.afterIteration(null, null, null).stream().map(Result::getLabel).toList());
  }

  /** One write for each delivery; on the heap the reading of the counters, 40 bytes for all. */
  @Test
  void theFloor() throws Exception {
    FloorBenchmark.Room room = new FloorBenchmark.Room();
    room.fanOut = 3;
    room.payloadBytes = 64;
    BroadcasterBenchmark.Deliveries deliveries = new BroadcasterBenchmark.Deliveries();
    LoopCostProfiler profiler = new LoopCostProfiler();
    room.open();
    new FloorBenchmark().publish(room, deliveries);
    profiler.beforeIteration(null, null);
    new FloorBenchmark().publish(room, deliveries);
    room.close();
    assertEquals(6 * BroadcasterBenchmark.PUBLICATIONS, deliveries.delivery);
    Map<String, Double> perDelivery = new HashMap<>();
    profiler
        .afterIteration(null, null, null)
        .forEach(each -> perDelivery.put(each.getLabel(), each.getScore()));
    assertEquals(1, perDelivery.get("loop.writes"));
    assertTrue(perDelivery.get("loop.alloc") < 1, perDelivery::toString);
  }

  @ParameterizedTest
  @EnumSource
  void asking(RequestConcurrency requests) throws Exception {
    RequestsBenchmark.Connection connection = new RequestsBenchmark.Connection();
    connection.requests = requests;
    connection.requestMillis = 1;
    connection.open();
    new RequestsBenchmark().burst(connection);
    connection.close();
  }

  @Test
  void checkingASignature() {
    SignatureBenchmark.Post post = new SignatureBenchmark.Post();
    post.requireSigned();
    assertEquals(Optional.empty(), new SignatureBenchmark().check(post));
  }

  @Test
  void recording() throws Exception {
    RecorderBenchmark benchmark = new RecorderBenchmark();
    RecorderBenchmark.Publication publication = new RecorderBenchmark.Publication();
    publication.next();
    publication.next();
    assertEquals(RecordedRoom.SUBSCRIBERS, benchmark.readStamp(publication));
    benchmark.delivered(publication);
    publication.next();
    benchmark.frame(publication);
    assertEquals(2 * RecordedRoom.SUBSCRIBERS, publication.deliveryCount().delivered());
    publication.close();
  }
}
