package dev.fanbench.gatling.shard;

import dev.fanbench.measurement.clock.NanoClock;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The meeting place: listens at shard 0 and serves each shard on a thread of its own. A peer that
 * has not said the token is heard for one short line only.
 */
final class BarrierHost implements Closeable {
  /** A peer that says nothing for so long is gone. */
  static final int SILENT_MILLIS = 10_000;

  /** The most bytes of a shard's zipped runs. */
  private static final long MOST_PARCEL_BYTES = 512L << 20;

  private static final int BACKLOG = 256;

  private final ServerSocket listening;
  private final byte[] token;
  private final NanoClock clock;
  private final BarrierState state;
  private final Map<Integer, Path> parcels = new TreeMap<>();
  private final Set<Integer> gone = new TreeSet<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "shard-ticker"));

  private BarrierHost(ServerSocket listening, String token, NanoClock clock, BarrierState state) {
    this.listening = listening;
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
    this.state = state;
  }

  /** Listens, and serves each peer that has the token. */
  static BarrierHost open(
      InetSocketAddress address, String token, NanoClock clock, BarrierState state)
      throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(address, BACKLOG);
    BarrierHost host = new BarrierHost(listening, token, clock, state);
    daemon(host::accept, "shard-accept").start();
    var unused = host.ticker.scheduleAtFixedRate(state::tick, 1, 1, TimeUnit.SECONDS);
    return host;
  }

  /** The port that it listens on. */
  int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        daemon(() -> serve(socket), "shard-peer").start();
      } catch (IOException e) {
        // Closed, or a connection that was gone at once.
      }
    }
  }

  private void serve(Socket socket) {
    try (MessageChannel channel = new MessageChannel(socket, SILENT_MILLIS)) {
      if (!(channel.receive() instanceof Message.Hello hello)) {
        return;
      }
      byte[] given = String.valueOf(hello.token()).getBytes(StandardCharsets.UTF_8);
      if (!MessageDigest.isEqual(given, token)) {
        channel.send(new Message.Refused("the token is not that of shard 0"));
        state.stranger(channel.peer());
        return;
      }
      channel.trust();
      if (state.hello(hello, message -> sendOrClose(channel, message))) {
        serve(hello.index(), channel);
      }
    } catch (IOException e) {
      // A stranger that is gone.
    }
  }

  private static void sendOrClose(MessageChannel channel, Message message) {
    try {
      channel.send(message);
    } catch (IOException e) {
      try {
        channel.close(); // Its reader tells that it is gone.
      } catch (IOException closed) {
        // It is closed.
      }
    }
  }

  private void serve(int shard, MessageChannel channel) {
    try (ParcelInbox inbox = new ParcelInbox(MOST_PARCEL_BYTES)) {
      for (Message message = channel.receive(); message != null; message = channel.receive()) {
        if (message instanceof Message.Ping ping) {
          channel.send(new Message.Pong(ping.n(), clock.nanoTime()));
        } else if (message instanceof Message.Alive alive) {
          state.alive(shard, alive.progress());
        } else if (message instanceof Message.Here here) {
          state.here(shard, here);
        } else if (message instanceof Message.End end) {
          state.endedBy(shard, end.reason());
        } else if (message instanceof Message.Part part) {
          inbox.take(part);
        } else if (message instanceof Message.Sent) {
          arrived(shard, inbox.whole());
          awaitEnd(shard, channel);
          return;
        }
      }
      gone(shard, "its connection was closed");
    } catch (IOException e) {
      gone(shard, "its connection was lost (" + e.getMessage() + ")");
    }
  }

  /** It has sent all that it had; from now on it may go. */
  private void awaitEnd(int shard, MessageChannel channel) {
    try {
      while (channel.receive() != null) {}
    } catch (IOException e) {
      // As good as closed.
    }
    synchronized (this) {
      gone.add(shard);
      notifyAll();
    }
  }

  private void gone(int shard, String why) {
    state.gone(shard, why);
    synchronized (this) {
      gone.add(shard);
      notifyAll();
    }
  }

  private synchronized void arrived(int shard, Path parcel) {
    parcels.put(shard, parcel);
    notifyAll();
  }

  /**
   * Waits for the runs of all shards but this one. Those that died send none.
   *
   * @return the parcels that came, by shard; they are deleted when this is closed
   */
  synchronized Map<Integer, Path> parcels(int count, long waitNanos) throws InterruptedException {
    long endNanos = clock.nanoTime() + waitNanos;
    while (outstanding(count) && clock.nanoTime() - endNanos < 0) {
      wait(TimeUnit.NANOSECONDS.toMillis(endNanos - clock.nanoTime()) + 1);
    }
    return Map.copyOf(parcels);
  }

  private boolean outstanding(int count) {
    Set<Integer> connected = state.connected();
    for (int shard = 1; shard < count; shard++) {
      if (connected.contains(shard) && !parcels.containsKey(shard) && !gone.contains(shard)) {
        return true;
      }
    }
    return false;
  }

  /** Tells all shards the end of the run. */
  void done(int exitCode, String sentence) {
    state.done(new Message.Done(exitCode, sentence));
  }

  @Override
  public void close() throws IOException {
    ticker.shutdownNow();
    listening.close();
    synchronized (this) {
      for (Path parcel : parcels.values()) {
        Files.deleteIfExists(parcel);
      }
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
