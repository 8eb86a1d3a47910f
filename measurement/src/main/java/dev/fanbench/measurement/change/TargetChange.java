package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One target on both sides.
 *
 * @param name of what was compared: {@code serverless}, {@code netty → serverless}
 * @param base valid runs of the first side
 * @param now valid runs of the second side
 * @param decides the metric that the gate looks at
 * @param others everything else that both sides measured; each may be wrong once in a hundred times
 * @param notes what to know before believing it, one sentence each
 */
public record TargetChange(
    String name,
    ComparedSide base,
    ComparedSide now,
    Change decides,
    List<Change> others,
    List<String> notes) {

  /** Each phase's headline percentiles, and what is told beside them. */
  private static final List<Percentile> RANKS =
      List.of(Percentile.P50, Percentile.P90, Percentile.P99);

  static TargetChange of(
      String name,
      ComparedSide base,
      ComparedSide now,
      Optional<Metric> asked,
      long seed,
      ChangeRule rule) {
    ComparedSide validBase = base.valid();
    ComparedSide validNow = now.valid();
    List<String> notes = new ArrayList<>();
    Stream.of(base, now).forEach(side -> noteLeftOut(side, notes));
    Optional<RunPairing> pairing = RunPairing.of(validBase, validNow);
    noteFew(pairing, validBase, validNow, notes);
    if (pairing.isPresent()) {
      notes.add(pairing.get().sentence());
      noteTurns(pairing.get(), shared(validBase, validNow), notes);
    } else {
      noteOrder(validBase, validNow, notes);
    }
    Metric metric = asked.or(() -> headline(validBase, validNow)).orElseGet(() -> planned(base));
    Judge judge = new Judge(validBase, validNow, seed, rule);
    List<Change> others =
        others(validBase, validNow).stream()
            .filter(other -> !other.equals(metric))
            .map(judge::judge)
            .filter(change -> change.verdict().hasRatio())
            .toList();
    Change decides =
        Correctness.judge(metric, base, now)
            .orElseGet(
                () -> {
                  Change change = judge.judge(metric);
                  return Correctness.doubt(base, now).map(change::doubted).orElse(change);
                });
    return new TargetChange(name, validBase, validNow, decides, others, List.copyOf(notes));
  }

  /** The percentiles of each phase that both sides measured, in the order of the phases. */
  public List<PhaseCurve> curves() {
    double confidence =
        decides.ratio().map(RatioInterval::confidence).orElse(RatioInterval.CONFIDENCE);
    return shared(base, now).stream()
        .flatMap(phase -> PhaseCurve.of(phase, base, now, confidence).stream())
        .toList();
  }

  TargetChange noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new TargetChange(name, base, now, decides, others, List.copyOf(more));
  }

  /** The largest fan-out in all runs, or else the kind of phase that comes next. */
  private static Optional<Metric> headline(ComparedSide base, ComparedSide now) {
    return largest(shared(base, now).stream());
  }

  /** The metric that runs of both sides would have been compared by. */
  private static Metric planned(ComparedSide base) {
    return largest(base.runs().stream().flatMap(r -> r.run().workload().phases().stream()))
        .orElse(new Metric.Cpu("run"));
  }

  private static Optional<Metric> largest(Stream<Phase> phases) {
    return phases.filter(phase -> !phase.warmUp()).max(Metric.BY_WEIGHT).map(Metric::headline);
  }

  private static List<Phase> shared(ComparedSide base, ComparedSide now) {
    List<RecordedRun> runs = Stream.of(base, now).flatMap(side -> side.runs().stream()).toList();
    if (runs.isEmpty()) {
      return List.of();
    }
    return runs.get(0).measured().stream()
        .map(RecordedPhase::phase)
        .filter(p -> runs.stream().allMatch(r -> MetricReader.phase(r, p.name()).isPresent()))
        .toList();
  }

  private static List<Metric> others(ComparedSide base, ComparedSide now) {
    List<Metric> metrics = new ArrayList<>();
    for (Phase phase : shared(base, now)) {
      Series series = Metric.series(phase.kind()).get(0);
      RANKS.forEach(rank -> metrics.add(new Metric.Latency(rank, series, phase.name())));
      metrics.add(new Metric.Cpu(phase.name()));
    }
    return metrics;
  }

  private static void noteLeftOut(ComparedSide side, List<String> notes) {
    for (RecordedRun run : side.runs()) {
      if (!ComparedSide.isValid(run)) {
        notes.add(
            "%s of %s is left out: it is %s, %s"
                .formatted(
                    run.run().id(),
                    side.name(),
                    run.run().validity().verdict(),
                    run.run().validity().reasons().get(0)));
      }
    }
  }

  private static void noteFew(
      Optional<RunPairing> pairing, ComparedSide base, ComparedSide now, List<String> notes) {
    int least =
        pairing
            .map(pairs -> pairs.pairs().size())
            .orElse(Math.min(base.runs().size(), now.runs().size()));
    if (least >= ComparedSide.LEAST_RUNS && least < ComparedSide.ADVISED_RUNS) {
      notes.add("Five runs a side or more are advised; there are " + least + ".");
    }
  }

  /** Names the phases of a duet whose targets took turns, which compares less exactly. */
  private static void noteTurns(RunPairing pairing, List<Phase> phases, List<String> notes) {
    if (!pairing.duet()) {
      return;
    }
    for (Phase phase : phases) {
      List<PhaseResult> results =
          pairing.pairs().stream().map(pair -> pair.base().phase(phase.name()).result()).toList();
      int alternated = results.stream().mapToInt(PhaseResult::alternatedBlocks).sum();
      int all = results.stream().mapToInt(result -> result.phase().blocks()).sum();
      if (alternated == 0) {
        notes.add("In " + phase.name() + " both sides took turns.");
      } else if (alternated < all) {
        notes.add(
            "In %s arrivals of both sides alternated in %d of %d blocks."
                .formatted(phase.name(), alternated, all));
      }
    }
  }

  private static void noteOrder(ComparedSide base, ComparedSide now, List<String> notes) {
    if (base.runs().isEmpty() || now.runs().isEmpty()) {
      return;
    }
    if (before(base, now) || before(now, base)) {
      notes.add(
          "The runs were not interleaved, so a machine that drifted looks like a change;"
              + " ./fanbench ab interleaves.");
    }
  }

  private static boolean before(ComparedSide first, ComparedSide second) {
    String last = first.runs().get(first.runs().size() - 1).run().startedAt();
    return last.compareTo(second.runs().get(0).run().startedAt()) < 0;
  }
}
