package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.DeliveryCounters;
import dev.fanbench.baseline.chat.ChatCounters;
import dev.fanbench.protocol.launch.Counters;
import dev.fanbench.protocol.launch.ProcessFigures;
import dev.fanbench.protocol.rpc.FrameCounters;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server counts about itself. Thread-safe. */
final class ServerCounters implements Counters {
  final LongAdder connectionsOpened = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder framesReceived = new LongAdder();
  final LongAdder readsPaused = new LongAdder();
  final PingCounters pings = new PingCounters();
  final FrameCounters frames = new FrameCounters();
  final ChatCounters chat = new ChatCounters();
  final DeliveryCounters deliveries = new DeliveryCounters();

  private final ProcessFigures process = new ProcessFigures();
  private final PooledByteBufAllocator allocator;

  ServerCounters(PooledByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  @Override
  public Map<String, Long> read() {
    Map<String, Long> figures = new TreeMap<>(process.read());
    // Netty can take direct memory past the JDK's books, so the larger figure is the true one.
    figures.merge(ProcessFigures.DIRECT_USED, allocator.metric().usedDirectMemory(), Math::max);
    long closed = connectionsClosed.sum();
    long opened = connectionsOpened.sum();
    figures.put("connections.opened", opened);
    figures.put("connections.open", opened - closed);
    figures.put("frames.received", framesReceived.sum());
    figures.put("frames.malformed", frames.malformed().sum());
    figures.put("frames.refused", frames.refused().sum());
    figures.put("frames.unmatched", frames.unmatched().sum());
    figures.put("pings.sent", pings.sent().sum());
    figures.put("pings.answered", pings.answered().sum());
    figures.put("pings.unanswered", pings.unanswered().sum());
    figures.put("rooms.forgotten", chat.roomsForgotten().sum());
    figures.put("rooms.unlisted", chat.roomsUnlisted().sum());
    figures.put("history.forgotten", chat.utterancesForgotten().sum());
    figures.put("deliveries.sent", deliveries.sent());
    figures.put("writes.calls", deliveries.writes());
    figures.put("publications.deflated", deliveries.deflated());
    figures.put("drops.slow", deliveries.withheld());
    figures.put("slow.readsPaused", readsPaused.sum());
    figures.put("slow.conflated", deliveries.conflated());
    figures.put("slow.disconnected", deliveries.disconnected());
    figures.put("slow.bufferedBytes", deliveries.bufferedBytes());
    return figures;
  }
}
