package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.FrameText;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.stamp.Stamp;
import dev.fanbench.measurement.stamp.StampReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /**
   * Connections begun so far; the number of one chooses its source address and its token. {@link
   * Fleet#closeAll} raises it to that of the loop with the most.
   */
  int connections;

  /** Told of each frame; null but for a check of a server. */
  final FrameTrace trace;

  /** The number of loops of the fleet; numbers of connections are this far apart. */
  private final int stride;

  private final Consumer<LostConnection> losses;
  private final Consumer<Throwable> errors;

  /** The padding behind the stamp of each delivery; empty when it is not known. */
  private byte[] padding = {};

  /** Bytes of the target since the recorder was given, without those of TCP and TLS. */
  long receivedBytes;

  private String firstOther;
  private String firstRefusal;

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
      Consumer<Throwable> errors,
      int stride,
      FrameTrace trace) {
    this.index = index;
    this.executor = executor;
    this.clock = clock;
    this.readLag = readLag;
    this.losses = losses;
    this.errors = errors;
    this.stride = stride;
    this.trace = trace;
    executor.execute(TimerSlack::remove);
  }

  /** The number of the connection after so many of this loop, unique in the fleet. */
  int clientNumber(int connection) {
    return connection * stride + index;
  }

  /** Reports to another recorder, and looks for padding of this length behind stamps. */
  void record(DeliveryRecorder next, int payloadBytes) {
    recorder = next;
    receivedBytes = 0;
    firstOther = null;
    firstRefusal = null;
    padding = new byte[Math.max(0, payloadBytes - Stamp.BYTES)];
    Arrays.fill(padding, Stamp.PADDING);
  }

  /**
   * The index behind the padding of a stamp. A delivery whose padding is not whole is counted, and
   * the search for the next stamp goes on behind its stamp.
   */
  int behindPadding(byte[] bytes, int stampEnd, int end) {
    int paddingEnd = stampEnd + padding.length;
    if (paddingEnd <= end
        && Arrays.equals(bytes, stampEnd, paddingEnd, padding, 0, padding.length)) {
      return paddingEnd;
    }
    recorder.cut();
    return stampEnd;
  }

  /**
   * Counts a frame without a stamp, and keeps the first of a phase for the reader.
   *
   * @param identity of the client, whose secrets are not kept
   */
  void other(byte[] bytes, int offset, int length, ClientIdentity identity) {
    recorder.other();
    if (firstOther == null) {
      firstOther = identity.hide(FrameText.shown(bytes, offset, length));
    }
  }

  /**
   * Counts an answer by which the target declines a publication, and keeps the first.
   *
   * @param answer without secrets
   */
  void refused(String answer) {
    recorder.refused(clock.nanoTime());
    if (firstRefusal == null) {
      firstRefusal = answer;
    }
  }

  /** The first frame of each kind since the recorder was given, by kind. */
  Map<String, String> examples() {
    Map<String, String> examples = new TreeMap<>();
    if (firstOther != null) {
      examples.put(PhaseResult.OTHER, firstOther);
    }
    if (firstRefusal != null) {
      examples.put(PhaseResult.REFUSED, firstRefusal);
    }
    return examples;
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
