package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.stamp.StampReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One event loop and what only its thread touches. */
final class FleetLoop {
  final int index;
  final EventLoop executor;
  final NanoClock clock;
  final ReadLag readLag;
  final StampReader stamp = new StampReader();

  /** Clients that are connected on this loop. */
  final Set<Client> clients = new HashSet<>();

  /** The recorder of deliveries. */
  DeliveryRecorder recorder = NotRecording.INSTANCE;

  /** Attempts whose outcome is open. */
  final Set<ConnectAttempt> attempts = new HashSet<>();

  /** Connections begun so far; the number of one chooses its source address and its token. */
  int connections;

  private final Consumer<LostConnection> losses;
  private final Consumer<Throwable> errors;

  /** Two arrays: a text may be sent while the bytes read are still being looked at. */
  private byte[] readBytes = new byte[64 * 1024];

  private byte[] sendBytes = new byte[1024];

  /** Null until a target agrees to deflate. */
  private DeliveryInflater inflation;

  FleetLoop(
      int index,
      EventLoop executor,
      NanoClock clock,
      ReadLag readLag,
      Consumer<LostConnection> losses,
      Consumer<Throwable> errors) {
    this.index = index;
    this.executor = executor;
    this.clock = clock;
    this.readLag = readLag;
    this.losses = losses;
    this.errors = errors;
    executor.execute(TimerSlack::remove);
  }

  /** The inflater for the messages of all connections of this loop. */
  DeliveryInflater inflation() {
    if (inflation == null) {
      inflation = new DeliveryInflater(clock);
    }
    return inflation;
  }

  /** The cost of inflating since the last call. */
  InflateCost takeInflateCost() {
    return inflation == null ? InflateCost.NONE : inflation.takeCost();
  }

  /** The readable bytes of {@code in}, from offset 0, until the next call. */
  byte[] bytesOf(ByteBuf in) {
    int length = in.readableBytes();
    if (readBytes.length < length) {
      readBytes = new byte[length];
    }
    in.readBytes(readBytes, 0, length);
    return readBytes;
  }

  /** An array to compose a text in, until the next call. */
  byte[] composing(int length) {
    if (sendBytes.length < length) {
      sendBytes = new byte[length];
    }
    return sendBytes;
  }

  int randomMask() {
    return ThreadLocalRandom.current().nextInt();
  }

  /** Gives up what is being connected and returns what is. */
  List<Client> dismiss() {
    List.copyOf(attempts).forEach(ConnectAttempt::abandon);
    return List.copyOf(clients);
  }

  void run(Runnable task) {
    if (executor.inEventLoop()) {
      task.run();
    } else {
      executor.execute(() -> runAndTell(task));
    }
  }

  private void runAndTell(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      errors.accept(e);
    }
  }

  ScheduledFuture<?> after(long nanos, Runnable task) {
    return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  void requireInLoop() {
    if (!executor.inEventLoop()) {
      throw new IllegalStateException("only allowed on loop-" + index);
    }
  }

  /**
   * An exception that a pipeline has caught; it is told when the load itself has failed and not the
   * target.
   */
  void caught(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof Error) {
        errors.accept(cause);
        return;
      }
    }
  }

  void lost(LostConnection loss) {
    losses.accept(loss);
  }
}
