package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.record.RunRecorder;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One attempt at a phase whose rooms are filled. Its three steps follow one another on the thread
 * of the experiment.
 */
final class JoinedPhase {
  private final PhaseRun run;
  private final StartedTarget started;
  private final RunRecorder recorder;
  private final Pinning pinning;
  private final EarlyEnd end;
  private final TargetOutage outage;

  JoinedPhase(
      PhaseRun run, StartedTarget started, RunRecorder recorder, Pinning pinning, EarlyEnd end) {
    this.run = run;
    this.started = started;
    this.recorder = recorder;
    this.pinning = pinning;
    this.end = end;
    this.outage =
        new TargetOutage(started.target(), run.phase().outage(), recorder.clock(), end::because);
  }

  /** Sets the first intended time and reads the meter; the arrivals can then be taken. */
  PhaseRun begin() throws IOException {
    if (!run.phase().warmUp()) {
      started.target().pid().ifPresent(pinning::confine);
    }
    started.meter().begin();
    run.begin(outage::begin);
    return run;
  }

  /** Waits for the last deliveries and writes the phase. */
  void drain() throws TargetFailure, IOException {
    run.awaitEnd(end.future());
    end.check();
    Map<String, Double> counters = run.counters();
    if (run.phase().outage().any()) {
      CompletableFuture.anyOf(outage.ended(), end.future()).join();
      counters.putAll(outage.ended().getNow(Map.of()));
    }
    PhaseMeter.Reading reading = started.meter().end(counters);
    recorder.end(reading.target(), reading.load());
  }

  /** Closes the phase's connections and gives the target all cores. */
  void leave() {
    started.target().pid().ifPresent(pinning::release);
    run.close();
  }
}
