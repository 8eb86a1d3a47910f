package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.workload.Outage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One outage of a target, made on a thread of its own, as coming back takes its time. */
final class TargetOutage {
  private final Target target;
  private final Outage outage;
  private final NanoClock clock;
  private final EarlyEnd end;
  private final CompletableFuture<Map<String, Double>> ended = new CompletableFuture<>();

  /**
   * @param end told when the target does not come back
   */
  TargetOutage(Target target, Outage outage, NanoClock clock, EarlyEnd end) {
    this.target = target;
    this.outage = outage;
    this.clock = clock;
    this.end = end;
  }

  /** Lets it happen. Does not block. */
  void begin() {
    Thread thread = new Thread(this::make, "run-outage");
    thread.setDaemon(true);
    thread.start();
  }

  /** Completes when the target takes connections again, with what was counted. */
  CompletableFuture<Map<String, Double>> ended() {
    return ended;
  }

  private void make() {
    try {
      long fromNanos = clock.nanoTime();
      boolean down = target.undergo(outage);
      long nanos = clock.nanoTime() - fromNanos;
      ended.complete(down ? Map.of(Outage.DOWN_NANOS, (double) nanos) : Map.of());
    } catch (TargetFailure e) {
      end.because(target.description().label(), e.getMessage());
    } catch (InterruptedException e) {
      end.because("The run was interrupted.");
    } catch (RuntimeException | Error e) {
      end.failed(e);
    }
  }
}
