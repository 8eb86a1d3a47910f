package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.workload.ArrivalProcess;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether runs were offered the same work on the same machine. */
public final class Comparability {

  /** Fields of a run's environment that must be equal for figures to be compared. */
  private static final List<String> MACHINE =
      List.of("cpu", "cores", "machine", "load cores", "pinning");

  private Comparability() {}

  /** The fields of a run's environment that must be equal for figures to be compared. */
  public static Map<String, String> machine(Run run) {
    Map<String, String> machine = new LinkedHashMap<>();
    MACHINE.forEach(key -> machine.put(key, run.environment().getOrDefault(key, "")));
    return machine;
  }

  /** The reason why the sides cannot be compared; empty when they can. */
  static Optional<String> obstacle(ComparedSide base, ComparedSide now) {
    List<Run> runs =
        Stream.of(base, now).flatMap(s -> s.runs().stream()).map(RecordedRun::run).toList();
    return Stream.concat(
            Stream.of(
                differs(runs, "payloadBytes", r -> r.workload().payloadBytes()),
                differs(runs, "arrivals", r -> r.workload().arrivals()),
                differs(runs, "drain in ms", r -> r.workload().drainMillis()),
                differs(runs, "seed", r -> poisson(r) ? r.workload().seed() : "none")),
            MACHINE.stream().map(key -> differs(runs, key, r -> r.environment().get(key))))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The reason why this phase cannot be compared; empty when all its runs were offered the same
   * load.
   */
  static Optional<String> obstacle(ComparedSide base, ComparedSide now, String phase) {
    List<Object> offers =
        Stream.of(base, now)
            .flatMap(s -> s.runs().stream())
            .flatMap(run -> MetricReader.phase(run, phase).stream())
            .<Object>map(p -> p.phase())
            .distinct()
            .toList();
    return offers.size() > 1
        ? Optional.of("the runs offered different things in " + phase)
        : Optional.empty();
  }

  private static boolean poisson(Run run) {
    return run.workload().arrivals() == ArrivalProcess.POISSON;
  }

  private static Optional<String> differs(
      List<Run> runs, String what, Function<Run, Object> value) {
    Set<String> values = new LinkedHashSet<>();
    runs.forEach(run -> values.add(String.valueOf(value.apply(run))));
    return values.size() > 1
        ? Optional.of("the runs differ in " + what + ": " + String.join(" and ", values))
        : Optional.empty();
  }
}
