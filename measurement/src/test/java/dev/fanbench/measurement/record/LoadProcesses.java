package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What load processes write that measure one URL, and what to change about one of them. */
final class LoadProcesses {

  static final Phase FANOUT = Phases.fanOut(2, 40, 20);
  static final Validity VALID = new Validity(Validity.Verdict.VALID, List.of(), List.of());

  private final Path runs;
  private Instant start = Instant.parse("2026-11-20T21:30:00Z");
  private String url = "ws://chat.example/dev";
  private boolean launched;
  private String revision = "0123456789ab";
  private Workload workload = workload(64, FANOUT);
  private Validity validity = VALID;
  private long slowest = 5 * MILLI;
  private boolean overhears;
  private int dropEvery = Integer.MAX_VALUE;
  private long lossAtNanos = -1;

  LoadProcesses(Path runs) {
    this.runs = runs;
  }

  static Workload workload(int payloadBytes, Phase... phases) {
    return new Workload("test", List.of(phases), ArrivalProcess.CONSTANT, payloadBytes, 1_000, 7);
  }

  LoadProcesses started(String instant) {
    start = Instant.parse(instant);
    return this;
  }

  LoadProcesses url(String other) {
    url = other;
    return this;
  }

  LoadProcesses launching() {
    launched = true;
    return this;
  }

  LoadProcesses revision(String other) {
    revision = other;
    return this;
  }

  LoadProcesses offering(Workload other) {
    workload = other;
    return this;
  }

  LoadProcesses judged(Validity other) {
    validity = other;
    return this;
  }

  /** The last delivery of publication n comes (n + 1) times this much after its intended time. */
  LoadProcesses slowing(long nanos) {
    slowest = nanos;
    return this;
  }

  /** Each so many deliveries one is lost. */
  LoadProcesses dropping(int every) {
    dropEvery = every;
    return this;
  }

  /** Somebody else's publication comes in. */
  LoadProcesses overhearing() {
    overhears = true;
    return this;
  }

  /** A connection is lost at this time since the run's epoch. */
  LoadProcesses losing(long atNanos) {
    lossAtNanos = atNanos;
    return this;
  }

  RecordedRun record() throws IOException {
    TargetDescription target =
        new TargetDescription(
            "chat.example", url, launched, "elsewhere", "remote", List.of(), Map.of());
    RunPlan plan = new RunPlan("0.1.0", revision, target, workload, Map.of("os", "Linux"));
    ManualNanoClock clock = new ManualNanoClock(0);
    Path written;
    try (RunRecorder run =
        RunRecorder.open(runs, plan, 1, clock, Clock.fixed(start, ZoneOffset.UTC))) {
      for (Phase phase : workload.phases()) {
        drive(
            run,
            clock,
            run.begin(phase, 1, run.clock().nanoTime() + MILLI, ArrivalListener.none()));
        run.end(null, null);
      }
      run.finish(
          validity, Slo.checkAll(Slo.parseAll("missing==0,p50.lastDelivery<60ms"), run.soFar()));
      written = run.directory();
    }
    return RunReader.read(written);
  }

  private void drive(RunRecorder run, ManualNanoClock clock, PhaseRecorder recorder)
      throws IOException {
    int deliveries = 0;
    if (overhears) {
      recorder.deliveries(0).delivered(0, recorder.firstPublisher(), 0, -1, MILLI);
    }
    if (lossAtNanos >= 0) {
      recorder.lostConnection(lossAtNanos);
    }
    for (int n = 0; n < recorder.phase().count(); n++) {
      long intended = recorder.intendedAtNanos(n);
      clock.advance(intended - run.clock().nanoTime());
      recorder.sent(n, intended + 10_000);
      for (int subscriber = 0; subscriber < recorder.phase().subscribers(); subscriber++) {
        if (++deliveries % dropEvery != 0) {
          recorder
              .deliveries(0)
              .delivered(
                  subscriber,
                  recorder.firstPublisher(),
                  n,
                  intended,
                  intended + slowest * (1 + n * 17 % 40) + subscriber * MILLI);
        }
      }
      if (n % 20 == 19) {
        run.tick();
      }
    }
  }
}
