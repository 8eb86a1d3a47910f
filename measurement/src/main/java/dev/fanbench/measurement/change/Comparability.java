package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.workload.Arrivals;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether runs were offered the same work on the same machine. */
final class Comparability {

  /** What makes figures of another machine another thing, of a run's environment. */
  private static final List<String> MACHINE =
      List.of("cpu", "cores", "machine", "load cores", "pinning");

  private Comparability() {}

  /** Why nothing of these sides can be compared; empty when it can. */
  static Optional<String> obstacle(Side base, Side now) {
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

  /** Why this phase cannot be compared; empty when all runs that have it were offered the same. */
  static Optional<String> obstacle(Side base, Side now, String phase) {
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
    return run.workload().arrivals() == Arrivals.POISSON;
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
