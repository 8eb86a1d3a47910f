package dev.fanbench.emulator.store;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.target.Stopwatch;
import java.nio.ByteBuffer;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An answer of the store whose first byte leaves when the model's time for the call is over. */
final class DelayedResponse extends Response.Wrapper {
  private final Latency latency;
  private final ScheduledExecutorService timer;
  private final long drawnNanos;
  private final Stopwatch watch = new Stopwatch();
  private boolean begun;

  DelayedResponse(
      Request request, Response original, Latency latency, ScheduledExecutorService timer) {
    super(request, original);
    this.latency = latency;
    this.timer = timer;
    this.drawnNanos = latency.draw(Hop.STORE);
  }

  @Override
  public void write(boolean last, ByteBuffer content, Callback callback) {
    if (begun || drawnNanos == 0) {
      super.write(last, content, callback);
      return;
    }
    begun = true;
    long takenNanos = watch.elapsedNanos();
    new RequestGuard(
            "a call of the store",
            () -> callback.failed(new IllegalStateException("its answer failed")))
        .rest(
            latency,
            Hop.STORE,
            drawnNanos,
            takenNanos,
            timer,
            () -> super.write(last, content, callback));
  }
}
