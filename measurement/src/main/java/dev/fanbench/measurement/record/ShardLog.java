package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.IntervalReader;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.Series;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The intervals of one load process on the clock of the merged run, one at a time. Not thread-safe.
 */
final class ShardLog implements Closeable {
  private record Source(String phase, Series series) {}

  private final IntervalReader reader;
  private final long shiftNanos;
  private final Map<String, Source> sources = new HashMap<>();
  private Optional<IntervalReader.Tagged> next = Optional.empty();

  private ShardLog(IntervalReader reader, List<RecordedPhase> phases, long shiftNanos) {
    this.reader = reader;
    this.shiftNanos = shiftNanos;
    for (RecordedPhase phase : phases) {
      String name = phase.result().recordedAs();
      phase.series().keySet().forEach(s -> sources.put(s.tag(name), new Source(name, s)));
    }
  }

  /**
   * Opens a log at its first interval.
   *
   * @param phases of which the intervals are wanted
   * @param shiftNanos from the start of the merged run to that of this one
   */
  static ShardLog open(RunDirectory files, List<RecordedPhase> phases, long shiftNanos)
      throws IOException {
    ShardLog log = new ShardLog(IntervalReader.open(files), phases, shiftNanos);
    log.advance();
    return log;
  }

  boolean ended() {
    return next.isEmpty();
  }

  /** The start of the next interval; the end of time behind the last. */
  long startNanos() {
    return next.map(tagged -> shiftNanos + tagged.startNanos()).orElse(Long.MAX_VALUE);
  }

  /** Writes the next interval and goes on to the one behind it. */
  void writeTo(IntervalLog out) throws IOException {
    IntervalReader.Tagged tagged = next.orElseThrow();
    Source source = sources.get(tagged.tag());
    out.write(
        source.phase(),
        source.series(),
        startNanos(),
        shiftNanos + tagged.endNanos(),
        tagged.histogram());
    advance();
  }

  private void advance() throws IOException {
    do {
      next = reader.next();
    } while (next.isPresent() && !sources.containsKey(next.get().tag()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
