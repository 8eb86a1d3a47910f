package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The pairs of two sides that took turns.
 *
 * @param pairs by the number of their turn; a turn without a valid run of both sides has none
 * @param overFloor whether each run is divided by the floor of its turn
 */
record RunPairing(List<RunPair> pairs, boolean overFloor) {

  /**
   * Pairs runs by their turns.
   *
   * @return empty when a run has no turn, or when the runs are of more than one series
   */
  static Optional<RunPairing> of(ComparedSide base, ComparedSide now) {
    List<Optional<Turn>> turns =
        Stream.of(base, now).flatMap(side -> side.runs().stream().map(side::turn)).toList();
    boolean oneSeries =
        turns.stream().allMatch(Optional::isPresent)
            && turns.stream().map(turn -> turn.orElseThrow().series()).distinct().count() == 1;
    if (!oneSeries) {
      return Optional.empty();
    }
    Map<Integer, RecordedRun> first = byTurn(base);
    Map<Integer, RecordedRun> second = byTurn(now);
    List<RunPair> pairs = new ArrayList<>();
    first.forEach(
        (number, run) -> {
          RecordedRun other = second.get(number);
          if (other != null) {
            pairs.add(new RunPair(run, other, base.floorOf(run), now.floorOf(other)));
          }
        });
    return Optional.of(
        new RunPairing(pairs, turns.stream().allMatch(turn -> turn.orElseThrow().overFloor())));
  }

  /** The pairs in words. */
  String sentence() {
    return "The ratios are means over %s of neighbouring runs%s."
        .formatted(
            count(pairs.size()), overFloor ? ", each run divided by the floor of its turn" : "");
  }

  /** A number of pairs in words. */
  static String count(int pairs) {
    return pairs == 1 ? "1 pair" : pairs + " pairs";
  }

  /** The first valid run of each turn. */
  private static Map<Integer, RecordedRun> byTurn(ComparedSide side) {
    Map<Integer, RecordedRun> runs = new TreeMap<>();
    for (RecordedRun run : side.valid().runs()) {
      runs.putIfAbsent(side.turn(run).orElseThrow().number(), run);
    }
    return runs;
  }
}
