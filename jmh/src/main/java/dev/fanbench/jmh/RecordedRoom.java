package dev.fanbench.jmh;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.record.RunPlan;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.stamp.Stamp;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A fan-out phase of a real run in a directory of its own, whose publications are all sent at once
 * and long before their deliveries are reported. It holds as many as a phase of a long run does,
 * because a recorder's cost is in the memory it touches.
 */
final class RecordedRoom implements AutoCloseable {
  /** Deliveries per publication. */
  static final int SUBSCRIBERS = 1_000;

  /** Publications of the phase. */
  static final int PUBLICATIONS = 2_000;

  private static final double ALL_AT_ONCE_PER_SECOND = 1e9;
  private static final long DRAIN_MILLIS = 600_000;
  private static final String SENDER = "#general anonymous: ";
  private static final int PAYLOAD_BYTES = 64;

  private final Path directory;
  private final RunRecorder run;
  private final PhaseRecorder phase;

  private RecordedRoom(Path directory, RunRecorder run, PhaseRecorder phase) {
    this.directory = directory;
    this.run = run;
    this.phase = phase;
  }

  /** As many subscribers and publications as a phase of a long run has. */
  static RecordedRoom open() throws IOException {
    return open(SUBSCRIBERS, PUBLICATIONS, ArrivalListener.none());
  }

  /**
   * @param subscribers deliveries per publication
   * @param listener called for each publication that all members have
   */
  static RecordedRoom open(int subscribers, int publications, ArrivalListener listener)
      throws IOException {
    Phase offered =
        new Phase(
            "fanout",
            PhaseKind.FANOUT,
            subscribers,
            1,
            publications,
            ALL_AT_ONCE_PER_SECOND,
            false);
    Workload workload =
        new Workload(
            "recorder", List.of(offered), ArrivalProcess.CONSTANT, PAYLOAD_BYTES, DRAIN_MILLIS, 1);
    TargetDescription nobody =
        new TargetDescription("none", "none", false, "nowhere", "none", List.of(), Map.of());
    Path directory = Files.createTempDirectory("fanbench-jmh");
    RunRecorder run =
        RunRecorder.open(
            directory,
            new RunPlan("unknown", "unknown", nobody, workload, Map.of()),
            1,
            SystemNanoClock.INSTANCE,
            Clock.systemUTC());
    PhaseRecorder phase = run.begin(offered, 1, run.clock().nanoTime(), listener);
    for (int n = 0; n < publications; n++) {
      phase.sent(n, phase.intendedAtNanos(n));
    }
    return new RecordedRoom(directory, run, phase);
  }

  /** The recorder of the one event loop. */
  DeliveryRecorder recorder() {
    return phase.deliveries(0);
  }

  /** The clock of deliveries. */
  NanoClock clock() {
    return run.clock();
  }

  int publisher() {
    return phase.firstPublisher();
  }

  long intendedAtNanos(int publication) {
    return phase.intendedAtNanos(publication);
  }

  /** The text of a publication as a subscriber receives it, after the name of its sender. */
  byte[] received(int publication) {
    byte[] sender = SENDER.getBytes(StandardCharsets.US_ASCII);
    byte[] text = new byte[sender.length + PAYLOAD_BYTES];
    System.arraycopy(sender, 0, text, 0, sender.length);
    Stamp.writePayload(
        text, sender.length, PAYLOAD_BYTES, publisher(), publication, intendedAtNanos(publication));
    return text;
  }

  DeliveryCount deliveryCount() {
    return phase.deliveryCount();
  }

  /** Ends the run and removes what it wrote. */
  @Override
  public void close() throws IOException {
    run.close();
    try (Stream<Path> written = Files.walk(directory)) {
      for (Path path : written.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
