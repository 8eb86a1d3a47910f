package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.DeliveryCounter;
import dev.fanbench.baseline.chat.RoomCounter;
import dev.fanbench.protocol.rpc.RejectedFrameCount;
import dev.fanbench.target.JvmUsage;
import dev.fanbench.target.TargetCounter;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counters of the server. Thread-safe. */
final class ServerCounterSet {
  final LongAdder connectionsOpened = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder framesReceived = new LongAdder();
  final LongAdder readsPaused = new LongAdder();
  final PingCounter pings = new PingCounter();
  final RejectedFrameCount frames = new RejectedFrameCount();
  final RoomCounter chat = new RoomCounter();
  final DeliveryCounter deliveries = new DeliveryCounter();

  private final JvmUsage process = new JvmUsage();
  private final PooledByteBufAllocator allocator;

  ServerCounterSet(PooledByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /** All of them now, with those of the process. */
  Map<String, Long> read() {
    Map<String, Long> figures = new TreeMap<>(process.read());
    // Netty can take direct memory without the JDK counting it, so the larger figure is the true
    // one.
    figures.merge(
        TargetCounter.DIRECT_USED.key(), allocator.metric().usedDirectMemory(), Math::max);
    long closed = connectionsClosed.sum();
    long opened = connectionsOpened.sum();
    figures.put(TargetCounter.CONNECTIONS_OPENED.key(), opened);
    figures.put(TargetCounter.CONNECTIONS_OPEN.key(), opened - closed);
    figures.put(TargetCounter.FRAMES_RECEIVED.key(), framesReceived.sum());
    figures.put(TargetCounter.FRAMES_MALFORMED.key(), frames.malformed().sum());
    figures.put(TargetCounter.FRAMES_REFUSED.key(), frames.refused().sum());
    figures.put(TargetCounter.FRAMES_UNMATCHED.key(), frames.unmatched().sum());
    figures.put(TargetCounter.PINGS_SENT.key(), pings.sent().sum());
    figures.put(TargetCounter.PINGS_ANSWERED.key(), pings.answered().sum());
    figures.put(TargetCounter.PINGS_UNANSWERED.key(), pings.unanswered().sum());
    figures.put(TargetCounter.ROOMS_FORGOTTEN.key(), chat.roomsForgotten().sum());
    figures.put(TargetCounter.ROOMS_UNLISTED.key(), chat.roomsUnlisted().sum());
    figures.put(TargetCounter.HISTORY_FORGOTTEN.key(), chat.utterancesForgotten().sum());
    figures.put(TargetCounter.DELIVERIES_SENT.key(), deliveries.sent());
    figures.put(TargetCounter.WRITES_CALLS.key(), deliveries.writes());
    figures.put(TargetCounter.PUBLICATIONS_DEFLATED.key(), deliveries.deflated());
    figures.put(TargetCounter.DROPS_SLOW.key(), deliveries.withheld());
    figures.put(TargetCounter.SLOW_READS_PAUSED.key(), readsPaused.sum());
    figures.put(TargetCounter.SLOW_CONFLATED.key(), deliveries.conflated());
    figures.put(TargetCounter.SLOW_DISCONNECTED.key(), deliveries.disconnected());
    figures.put(TargetCounter.SLOW_BUFFERED.key(), deliveries.bufferedBytes());
    return figures;
  }
}
