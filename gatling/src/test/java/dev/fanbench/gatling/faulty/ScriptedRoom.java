package dev.fanbench.gatling.faulty;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Handles the publications of one room as a script says. Confined to the target's event loop. */
final class ScriptedRoom {
  /** NIO rounds a wait up to the next millisecond. */
  private static final long EARLY_NANOS = 1_200_000;

  private final NanoClock clock = SystemNanoClock.INSTANCE;
  private final Fault.Scripted script;
  private int next;

  /** The time at which the script has the last publication so far done. */
  private long freeAtNanos;

  /** The time at which the last publication was done. */
  private long doneAtNanos;

  ScriptedRoom(Fault.Scripted script) {
    this.script = script;
    this.freeAtNanos = clock.nanoTime();
    this.doneAtNanos = freeAtNanos;
  }

  /** Delivers the publication that has just come when it has been handled. */
  void handle(ScheduledExecutorService loop, Runnable deliver) {
    long nowNanos = clock.nanoTime();
    int index = next++;
    long timeNanos = script.times().get(index % script.times().size()).toNanos();
    freeAtNanos = Math.max(freeAtNanos, nowNanos) + timeNanos;
    long dueAtNanos = freeAtNanos;
    var unused =
        loop.schedule(
            () -> {
              spin(dueAtNanos);
              deliver.run();
              long beganAtNanos = Math.max(nowNanos, doneAtNanos);
              doneAtNanos = clock.nanoTime();
              script.listener().handled(index, doneAtNanos - beganAtNanos);
            },
            dueAtNanos - nowNanos - EARLY_NANOS,
            TimeUnit.NANOSECONDS);
    script.listener().arrived(index);
  }

  private void spin(long atNanos) {
    while (clock.nanoTime() < atNanos) {
      Thread.onSpinWait();
    }
  }
}
