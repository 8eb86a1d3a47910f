package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pairs of two sides that took turns.
 *
 * @param pairs by the number of their turn; a turn without a valid run of both sides has none
 * @param overFloor whether each run is divided by the floor of its turn
 * @param duet whether both runs of a pair were up together, with one load
 */
record RunPairing(List<RunPair> pairs, boolean overFloor, boolean duet) {

  /**
   * Pairs runs by their turns. Runs of a duet are pairs only if they were up together, also when a
   * turn was measured again.
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
    Map<Integer, List<RecordedRun>> first = byTurn(base);
    Map<Integer, List<RecordedRun>> second = byTurn(now);
    BiPredicate<RecordedRun, RecordedRun> together = (a, b) -> a.run().tookTurnsWith(b.run());
    boolean duet =
        first.entrySet().stream()
            .anyMatch(turn -> first(turn.getValue(), of(second, turn), together).isPresent());
    List<RunPair> pairs = new ArrayList<>();
    for (Map.Entry<Integer, List<RecordedRun>> turn : first.entrySet()) {
      first(turn.getValue(), of(second, turn), duet ? together : (a, b) -> true)
          .map(
              pair ->
                  new RunPair(
                      pair.get(0),
                      pair.get(1),
                      base.floorOf(pair.get(0)),
                      now.floorOf(pair.get(1))))
          .ifPresent(pairs::add);
    }
    return Optional.of(
        new RunPairing(
            pairs, turns.stream().allMatch(turn -> turn.orElseThrow().overFloor()), duet));
  }

  private static List<RecordedRun> of(
      Map<Integer, List<RecordedRun>> turns, Map.Entry<Integer, List<RecordedRun>> turn) {
    return turns.getOrDefault(turn.getKey(), List.of());
  }

  /** The first run of each side that belong together. */
  private static Optional<List<RecordedRun>> first(
      List<RecordedRun> base,
      List<RecordedRun> now,
      BiPredicate<RecordedRun, RecordedRun> together) {
    return base.stream()
        .flatMap(a -> now.stream().filter(b -> together.test(a, b)).map(b -> List.of(a, b)))
        .findFirst();
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

  /** The valid runs of each turn; one that was measured again has more than one. */
  private static Map<Integer, List<RecordedRun>> byTurn(ComparedSide side) {
    return side.valid().runs().stream()
        .collect(
            Collectors.groupingBy(
                run -> side.turn(run).orElseThrow().number(), TreeMap::new, Collectors.toList()));
  }
}
