package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Shards of one phase, in front of a server that delivers each publication to all members of its
 * room, whichever shard they are of.
 */
final class ShardedLoad {
  private static final TargetDescription TARGET =
      new TargetDescription(
          "chat.example", "ws://chat.example/dev", false, "there", "remote", List.of(), Map.of());

  private final Path runs;
  private final Workload whole;
  private final List<ManualNanoClock> clocks = new ArrayList<>();
  private final List<RunRecorder> recorders = new ArrayList<>();
  private final List<PhaseRecorder> phases = new ArrayList<>();
  private String name = "r1";
  private int lossy = -1;
  private int lossySource = -1;
  private int echoing = -1;
  private int echoingSource = -1;

  ShardedLoad(Path runs, Workload whole, int shards) {
    this.runs = runs;
    this.whole = whole;
    for (int i = 0; i < shards; i++) {
      // The epochs of the shards are hours apart, as those of machines are.
      clocks.add(new ManualNanoClock(7_200_000L * i * MILLI));
    }
  }

  /** The name of the run that they are shards of. */
  ShardedLoad named(String other) {
    name = other;
    return this;
  }

  /** A member of one shard does not get the first publication of another one. */
  void losing(int shard, int source) {
    lossy = shard;
    lossySource = source;
  }

  /** A member of one shard gets the first publication of another one twice. */
  void repeating(int shard, int source) {
    echoing = shard;
    echoingSource = source;
  }

  List<RecordedRun> record() throws IOException {
    int shards = clocks.size();
    for (int i = 0; i < shards; i++) {
      SharedWorkload offered = new SharedWorkload(whole, new Shard(i, shards));
      RunPlan plan = new RunPlan("0", "0123456789ab", TARGET, offered, Map.of("os", "x"), name);
      Clock wall = Clock.fixed(Instant.parse("2026-11-20T21:30:00Z"), ZoneOffset.UTC);
      RunRecorder recorder = RunRecorder.open(runs, plan, 1, clocks.get(i), wall);
      Phase own = offered.own().phases().get(0);
      recorders.add(recorder);
      clocks.get(i).advance(i * MILLI);
      phases.add(recorder.begin(own, own.publishers(), ArrivalListener.none()));
    }
    for (int block = 0; block < phases.get(0).phase().blocks(); block++) {
      block(block);
    }
    List<RecordedRun> written = new ArrayList<>();
    for (RunRecorder recorder : recorders) {
      recorder.end(null, null);
      recorder.finish(ValidityCheck.of(recorder.soFar()), List.of());
      written.add(RunReader.read(recorder.directory()));
    }
    return written;
  }

  private void block(int block) throws IOException {
    for (RunRecorder recorder : recorders) {
      recorder.beginBlock(recorder.clock().nanoTime() + 10 * MILLI);
    }
    int sent = 0;
    for (int shard = 0; shard < phases.size(); shard++) {
      PhaseRecorder recorder = phases.get(shard);
      for (int n = recorder.phase().firstOfBlock(block);
          n < recorder.phase().firstOfBlock(block + 1);
          n++) {
        publish(shard, n);
      }
      sent += recorder.phase().firstOfBlock(block + 1);
    }
    for (int shard = 0; shard < phases.size(); shard++) {
      phases.get(shard).foreignSent(sent - phases.get(shard).phase().firstOfBlock(block + 1));
      clocks.get(shard).advance(1_000 * MILLI);
      recorders.get(shard).endBlock(null, null);
    }
  }

  private void publish(int source, int n) {
    PhaseRecorder recorder = phases.get(source);
    long intended = recorder.intendedAtNanos(n);
    recorder.sent(n, intended + 1_000);
    int publisher =
        recorder.firstPublisher()
            + new Shard(source, phases.size()).nth(n % recorder.phase().publishers());
    for (int shard = 0; shard < phases.size(); shard++) {
      Phase phase = phases.get(shard).phase();
      for (int member = n % phase.rooms(); member < phase.subscribers(); member += phase.rooms()) {
        int copies = copies(shard, source, member, n);
        for (int copy = 0; copy < copies; copy++) {
          phases
              .get(shard)
              .deliveries(0)
              .delivered(member, publisher, n, intended, intended + (member + 1) * MILLI);
        }
      }
    }
  }

  private int copies(int shard, int source, int member, int n) {
    boolean first = member == 0 && n == 0;
    if (first && shard == lossy && source == lossySource) {
      return 0;
    }
    return first && shard == echoing && source == echoingSource ? 2 : 1;
  }
}
