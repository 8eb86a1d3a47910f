package dev.fanbench.jmh.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.baseline.broadcast.ServerTransport;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LoopbackRoomTest {
  /** On the heap, for each delivery; the frame and the buffers are not on the heap. */
  private static final double MOST_BYTES = 8;

  /** Closing audits the room: bytes read against bytes published, and buffers not released. */
  @ParameterizedTest
  @EnumSource
  void everyPublicationReachesTheSink(BroadcastKind kind) throws Exception {
    try (LoopbackRoom room = LoopbackRoom.open(kind, ServerTransport.best(), 5)) {
      assertEquals(5, room.size());
      room.publish("short", 3, 1);
      room.publish("together", 40, 20);
      room.publish("x".repeat(200), 2, 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CHANNEL_GROUP", mode = EnumSource.Mode.EXCLUDE)
  void soDoDeflatedOnes(BroadcastKind kind) throws Exception {
    BroadcasterChoice shipped = new BroadcasterChoice.Shipped(kind);
    try (LoopbackRoom room = LoopbackRoom.open(shipped, ServerTransport.best(), 5, true)) {
      room.publish("short", 3, 1);
      room.publish("x".repeat(200), 40, 20);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPublicationWaitsUntilTheKernelHasTakenAllOfIt(BroadcastKind kind) throws Exception {
    try (LoopbackRoom room = LoopbackRoom.open(kind, ServerTransport.best(), 2)) {
      room.publish("x".repeat(8 * 1024 * 1024), 2, 1);
    }
  }

  @Test
  void aRoomWhoseSinkDiesSaysSo() throws Exception {
    LoopbackRoom room = LoopbackRoom.open(BroadcastKind.ENCODE_ONCE, ServerTransport.best(), 2);
    room.killSink();
    assertThrows(
        IllegalStateException.class,
        () -> {
          while (true) {
            room.publish("anyone?", 1, 1);
          }
        });
    assertThrows(IOException.class, room::close);
  }

  /**
   * What no machine can shake: bytes are counted by the JVM, on the one thread that does the work.
   * Leak detection, which allocates for each buffer, is off meanwhile, as it is in benchmarks.
   */
  @Test
  void aDeliveryAllocatesNextToNothingUnlessItIsEncodedByItself() throws Exception {
    Level level = ResourceLeakDetector.getLevel();
    ResourceLeakDetector.setLevel(Level.DISABLED);
    try {
      double group = bytesPerDelivery(BroadcastKind.CHANNEL_GROUP);
      double once = bytesPerDelivery(BroadcastKind.ENCODE_ONCE);
      double joined = bytesPerDelivery(BroadcastKind.JOINED);
      assertTrue(
          once <= MOST_BYTES && joined <= MOST_BYTES && MOST_BYTES < group,
          () ->
              "bytes per delivery: encode-once %s, joined %s, channel group %s"
                  .formatted(once, joined, group));
    } finally {
      ResourceLeakDetector.setLevel(level);
    }
  }

  private static double bytesPerDelivery(BroadcastKind kind) throws Exception {
    int subscribers = 200;
    int publications = 100;
    String text = "x".repeat(64);
    try (LoopbackRoom room = LoopbackRoom.open(kind, ServerTransport.best(), subscribers)) {
      // Pools fill and class initialisers run.
      room.publish(text, publications, 1);
      LoopCost cost = room.publish(text, publications, 1);
      return (double) cost.allocatedBytes() / (subscribers * publications);
    }
  }

  @ParameterizedTest
  @EnumSource
  void publicationsInFlightAreOneWriteWhereTheyAreJoined(BroadcastKind kind) throws Exception {
    int subscribers = 10;
    int publications = 100;
    int inFlight = 20;
    try (LoopbackRoom room = LoopbackRoom.open(kind, ServerTransport.best(), subscribers)) {
      int deliveries = subscribers * publications;
      assertEquals(deliveries, room.publish("alone", publications, 1).writes());
      assertEquals(
          kind == BroadcastKind.JOINED ? deliveries / inFlight : deliveries,
          room.publish("together", publications, inFlight).writes());
    }
  }
}
