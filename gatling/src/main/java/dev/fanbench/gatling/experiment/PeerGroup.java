package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.PeerAddress;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.phase.RoomNaming;
import dev.fanbench.gatling.shard.ShardMeeting;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.MergedRun;
import dev.fanbench.measurement.record.RunRecorder;
import dev.fanbench.measurement.run.FileError;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Shard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The other load processes of a run. All wait for each other before and after each block. A process
 * that is alone waits for none. When one of them ends early, all do.
 */
final class PeerGroup {
  private static final long GATHERING_NANOS = TimeUnit.SECONDS.toNanos(120);

  private final Options options;
  private final Shard shard;
  private final Progress progress;
  private final EarlyEnd end;

  /** Null for a process that is alone. */
  private final ShardMeeting meeting;

  private PeerGroup(Options options, Progress progress, EarlyEnd end, ShardMeeting meeting) {
    this.options = options;
    this.shard = options.shard();
    this.progress = progress;
    this.end = end;
    this.meeting = meeting;
  }

  static PeerGroup of(Options options, Progress progress, EarlyEnd end) {
    if (options.shard().isAlone()) {
      return new PeerGroup(options, progress, end, null);
    }
    PeerAddress address = options.peers();
    String token = Optional.ofNullable(System.getenv(ShardMeeting.TOKEN)).orElse("");
    return new PeerGroup(
        options,
        progress,
        end,
        new ShardMeeting(options.shard(), address.host(), address.port(), token));
  }

  /** Whether there are any. */
  boolean areThere() {
    return meeting != null;
  }

  /**
   * Waits until all have come.
   *
   * @return letters and digits that make room names new to the target, the same for all
   */
  String meet() throws TargetFailure, InterruptedException {
    if (meeting == null) {
      return RoomNaming.newTag();
    }
    double seconds = options.get(OptionCatalog.PEERS_WAIT);
    progress.say(
        "%s: meeting the others at %s, for %d s at most"
            .formatted(shard.words(), options.peers(), Math.round(seconds)));
    var unused = end.future().thenAccept(meeting::end);
    try {
      return await(
          meeting.meet(
              offer(),
              RoomNaming.newTag(),
              Math.round(seconds * 1e9),
              TimeUnit.MILLISECONDS.toNanos(options.offered().whole().drainMillis()),
              this::endedByAnother));
    } catch (IOException e) {
      throw new TargetFailure(e.getMessage());
    }
  }

  private void endedByAnother(String reason) {
    String capital = reason.substring(0, 1).toUpperCase(Locale.ROOT) + reason.substring(1);
    end.because(capital.endsWith(".") ? capital : capital + ".");
  }

  /** All that must be the same in all of them, in a few letters. */
  private String offer() {
    String all =
        String.join(
            "\n",
            RunEnvironment.build(options.home()),
            options.offered().whole().toString(),
            options.targets().stream().map(TargetChoice::label).toList().toString(),
            options.dialect().name(),
            options.slos().toString());
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T await(CompletableFuture<T> all) throws TargetFailure {
    CompletableFuture.anyOf(all, end.future()).join();
    end.check();
    return all.join();
  }

  /** Joins go on, so that this process is not late. */
  void progressed() {
    if (meeting != null) {
      meeting.progressed();
    }
  }

  /** Waits until all have filled their rooms of a phase. */
  void awaitJoined(Phase phase) throws TargetFailure {
    if (meeting != null) {
      var unused = await(meeting.sum("the joins of " + phase.name(), 0));
    }
  }

  /** The time of the first arrival of a block in the recorder's clock; waits for the others. */
  long start(Phase phase, int block, RunRecorder recorder)
      throws TargetFailure, InterruptedException {
    if (meeting == null) {
      return recorder.clock().nanoTime() + PhaseRun.LEAD_NANOS;
    }
    ShardMeeting.Start start = await(meeting.start(phase.name(), block));
    recorder.clock(start.clock());
    return start.atNanos() - SystemNanoClock.INSTANCE.nanoTime() + recorder.clock().nanoTime();
  }

  /** Waits until all have sent a block, and for what this process should hear of the others. */
  void settle(PhaseRun run, int block) throws TargetFailure {
    if (meeting != null) {
      long sent = run.sent();
      long all =
          await(
              meeting.sum("the end of block %d of %s".formatted(block, run.phase().name()), sent));
      run.awaitForeign(all - sent, end.future());
    }
  }

  /** Brings the runs of all together at shard 0; of one that is alone they are together. */
  Gathering gather(List<Path> directories, List<Run> runs) {
    if (meeting == null) {
      return Gathering.of(directories, runs);
    }
    try {
      return shard.index() == 0 ? merge(directories) : send(directories);
    } catch (IOException e) {
      return lost(directories, runs, "The runs could not be gathered: " + FileError.words(e) + ".");
    } catch (IllegalArgumentException e) {
      return lost(directories, runs, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lost(directories, runs, "The runs could not be gathered: interrupted.");
    }
  }

  private Gathering send(List<Path> directories) throws IOException, InterruptedException {
    Optional<ShardMeeting.Verdict> verdict = meeting.send(directories, GATHERING_NANOS);
    List<String> lines = new ArrayList<>();
    directories.forEach(
        run ->
            lines.add(
                "%s: its own run is %s%s"
                    .formatted(
                        shard.words(),
                        run,
                        verdict.isPresent() ? "; shard 0 reports the run of all" : "")));
    Optional<String> failure =
        verdict.isPresent()
            ? Optional.empty()
            : Optional.of("Shard 0 did not say how the run of all ended.");
    close();
    return new Gathering(List.of(), List.of(), lines, failure, verdict);
  }

  private Gathering merge(List<Path> directories) throws IOException, InterruptedException {
    Map<Integer, List<Path>> all = meeting.collect(directories, GATHERING_NANOS);
    List<Path> merged = new ArrayList<>();
    List<Run> judged = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int target = 0; target < directories.size(); target++) {
      List<RecordedRun> parts = new ArrayList<>();
      for (List<Path> of : all.values()) {
        if (target < of.size()) {
          parts.add(RunReader.read(of.get(target)));
        }
      }
      Path own = directories.get(target);
      Path directory = own.resolveSibling(own.getFileName() + "-shards");
      judged.add(MergedRun.write(parts, directory));
      merged.add(directory);
      lines.add("the run of all %d shards is %s".formatted(parts.size(), directory));
    }
    return new Gathering(merged, judged, lines, Optional.empty(), Optional.empty());
  }

  private static Gathering lost(List<Path> directories, List<Run> runs, String failure) {
    return new Gathering(directories, runs, List.of(), Optional.of(failure), Optional.empty());
  }

  /** Tells all the end, at shard 0. */
  void tell(int exitCode, String sentence) {
    if (meeting != null && shard.index() == 0) {
      meeting.done(exitCode, sentence);
      close();
    }
  }

  private void close() {
    try {
      meeting.close();
    } catch (IOException e) {
      progress.say("The meeting place could not be closed: " + FileError.words(e));
    }
  }
}
