package dev.fanbench.emulator.gateway;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/**
 * The channels of one event loop that were written to and not flushed. They are flushed when the
 * loop has read what there is to read. A function and a client wake once for all of it, and not
 * once for each post. When there is nothing else to read, nothing is delayed.
 *
 * <p>For the event loop's thread only.
 */
final class FlushQueue {
  private static final FastThreadLocal<FlushQueue> OF_THREAD =
      new FastThreadLocal<>() {
        @Override
        protected FlushQueue initialValue() {
          return new FlushQueue();
        }
      };

  /** The most writes that wait for a flush. */
  private static final int MOST = 64;

  /** The most bytes of them, so that what they hold is bounded. */
  private static final int MOST_BYTES = 64 * 1024;

  private final List<Channel> frames = new ArrayList<>();
  private final List<Channel> answers = new ArrayList<>();
  private boolean scheduled;
  private int bytes;

  private FlushQueue() {}

  /** Flushes a frame to a client later. */
  static void frame(Channel channel, int bytes) {
    FlushQueue queue = OF_THREAD.get();
    queue.frames.add(channel);
    queue.schedule(channel.eventLoop(), bytes);
  }

  /** Flushes an answer later, after the frames: it leads to the next post. */
  static void answer(Channel channel, int bytes) {
    FlushQueue queue = OF_THREAD.get();
    queue.answers.add(channel);
    queue.schedule(channel.eventLoop(), bytes);
  }

  private void schedule(EventLoop loop, int added) {
    bytes += added;
    if (frames.size() + answers.size() >= MOST || bytes >= MOST_BYTES) {
      flush();
    } else if (!scheduled) {
      scheduled = true;
      loop.execute(
          () -> {
            scheduled = false;
            flush();
          });
    }
  }

  private void flush() {
    bytes = 0;
    flush(frames);
    flush(answers);
  }

  /** The list is emptied first: a flush may make a handler write, and so add a channel. */
  private static void flush(List<Channel> channels) {
    if (channels.isEmpty()) {
      return;
    }
    Channel[] written = channels.toArray(Channel[]::new);
    channels.clear();
    for (Channel each : written) {
      each.flush();
    }
  }
}
