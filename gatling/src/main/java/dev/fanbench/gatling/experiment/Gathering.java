package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.shard.ShardMeeting;
import dev.fanbench.measurement.run.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runs of an experiment, brought together.
 *
 * @param directories to be reported, those of all shards merged; none where another process reports
 * @param runs judged runs among them
 * @param lines to be printed before the summary
 * @param failure why the runs of all shards could not be brought together
 * @param verdict of the process that reports, at all others
 */
public record Gathering(
    List<Path> directories,
    List<Run> runs,
    List<String> lines,
    Optional<String> failure,
    Optional<ShardMeeting.Verdict> verdict) {

  /** The runs of one load process. */
  static Gathering of(List<Path> directories, List<Run> runs) {
    return new Gathering(directories, runs, List.of(), Optional.empty(), Optional.empty());
  }
}
