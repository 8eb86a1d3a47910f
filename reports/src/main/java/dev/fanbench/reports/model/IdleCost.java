package dev.fanbench.reports.model;

import dev.fanbench.measurement.change.BlockMean;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.IdleCounter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * The cost of connections over which nothing is sent, in one run.
 *
 * @param entry the run
 * @param phase the silent phase
 * @param lost connections that the target ended
 * @param bytes memory of the target for each connection: growth of its resident memory and of the
 *     heap that was resident before
 * @param heapBytes the part of it that is heap, after a collection; empty where the target collects
 *     none on request
 * @param socketBytes memory of the kernel for each connection, of both ends on this machine
 * @param cpuNanos on-CPU time of the target for each connection and second, all of its work
 *     included, but for its compilers
 * @param cpuInterval of the same, where there are enough blocks
 * @param shareBefore share of a core that the target used before the connections were opened
 * @param receivedBytes bytes of pings and the like that each connection received in the phase
 * @param openedPerSecond connections opened and joined in a second
 * @param heldBytes resident memory and heap with all connections
 */
public record IdleCost(
    ReportedRun entry,
    Phase phase,
    long lost,
    OptionalDouble bytes,
    OptionalDouble heapBytes,
    OptionalDouble socketBytes,
    OptionalDouble cpuNanos,
    Optional<BlockMean> cpuInterval,
    OptionalDouble shareBefore,
    OptionalDouble receivedBytes,
    OptionalDouble openedPerSecond,
    OptionalDouble heldBytes) {

  private static final String UNKNOWN = "–";

  /** The silent phases of each run, in order. */
  static List<IdleCost> of(List<ReportedRun> entries) {
    List<IdleCost> costs = new ArrayList<>();
    for (ReportedRun entry : entries) {
      entry.run().measured().stream()
          .filter(result -> result.phase().kind() == PhaseKind.IDLE)
          .forEach(result -> costs.add(of(entry, result)));
    }
    return costs;
  }

  private static IdleCost of(ReportedRun entry, PhaseResult result) {
    int connections = result.phase().subscribers();
    Usage target = result.target();
    OptionalDouble resident =
        growth(target, IdleCounter.RESIDENT_BEFORE, IdleCounter.RESIDENT_AFTER);
    OptionalDouble heap = growth(target, IdleCounter.HEAP_BEFORE, IdleCounter.HEAP_AFTER);
    OptionalDouble slab = IdleCounter.SOCKET_SLAB_BYTES.in(result.load());
    OptionalDouble buffers = IdleCounter.SOCKET_BUFFER_BYTES.in(result.load());
    return new IdleCost(
        entry,
        result.phase(),
        result.deliveryCount().lostConnections(),
        each(plus(resident, heap), connections),
        each(heap, connections),
        slab.isPresent() ? each(plus(slab, buffers), connections) : OptionalDouble.empty(),
        target == null ? OptionalDouble.empty() : OptionalDouble.of(nanosEach(target, connections)),
        cpuInterval(result, connections),
        IdleCounter.SHARE_BEFORE.in(target),
        each(IdleCounter.RECEIVED_BYTES.in(result.load()), connections),
        opened(result, connections),
        plus(IdleCounter.RESIDENT_AFTER.in(target), IdleCounter.HEAP_AFTER.in(target)));
  }

  private static OptionalDouble growth(Usage usage, IdleCounter before, IdleCounter after) {
    OptionalDouble from = before.in(usage);
    OptionalDouble to = after.in(usage);
    return from.isEmpty() || to.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(to.getAsDouble() - from.getAsDouble());
  }

  /** The sum of a known amount and one that may be none. */
  private static OptionalDouble plus(OptionalDouble amount, OptionalDouble more) {
    return amount.isEmpty() ? amount : OptionalDouble.of(amount.getAsDouble() + more.orElse(0));
  }

  private static OptionalDouble each(OptionalDouble amount, int connections) {
    return amount.isEmpty() ? amount : OptionalDouble.of(amount.getAsDouble() / connections);
  }

  private static double nanosEach(Usage used, int connections) {
    return used.steadyCpuNanos() * 1e9 / used.wallNanos() / connections;
  }

  private static Optional<BlockMean> cpuInterval(PhaseResult result, int connections) {
    List<BlockResult> blocks = result.blocks();
    return blocks.stream().anyMatch(block -> block.target() == null)
        ? Optional.empty()
        : BlockMean.of(
            blocks.stream().mapToDouble(b -> nanosEach(b.target(), connections)).toArray());
  }

  private static OptionalDouble opened(PhaseResult result, int connections) {
    OptionalDouble nanos = IdleCounter.OPENING_NANOS.in(result.load());
    return nanos.isEmpty() ? nanos : OptionalDouble.of(connections / (nanos.getAsDouble() / 1e9));
  }

  /**
   * Memory of each further connection, between the smallest and the largest phase of a run: what a
   * process needs once is in both and falls out.
   *
   * @param all of a report
   */
  public static OptionalDouble furtherBytes(List<IdleCost> all, ReportedRun entry) {
    Comparator<IdleCost> bySize = Comparator.comparingInt(cost -> cost.phase.subscribers());
    List<IdleCost> own =
        all.stream()
            .filter(cost -> cost.entry.equals(entry) && cost.heldBytes.isPresent())
            .sorted(bySize)
            .toList();
    if (own.isEmpty()) {
      return OptionalDouble.empty();
    }
    IdleCost few = own.get(0);
    IdleCost many = own.get(own.size() - 1);
    int further = many.phase.subscribers() - few.phase.subscribers();
    return further == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((many.heldBytes.getAsDouble() - few.heldBytes.getAsDouble()) / further);
  }

  /** Connections of the phase. */
  public String connections() {
    return UnitFormat.count(phase.subscribers());
  }

  /** Memory for each connection in words, or a dash. */
  public String bytesText() {
    return bytes(bytes);
  }

  /** An amount of memory in words, or a dash. */
  public static String bytes(OptionalDouble amount) {
    return amount.isEmpty() ? UNKNOWN : UnitFormat.bytes(amount.getAsDouble());
  }

  /** CPU time for each connection and second with its interval, or a dash. */
  public String cpuText() {
    if (cpuNanos.isEmpty()) {
      return UNKNOWN;
    }
    return UnitFormat.time(cpuNanos.getAsDouble())
        + cpuInterval
            .map(
                i ->
                    " ("
                        + UnitFormat.times(Math.round(Math.max(0, i.low())), Math.round(i.high()))
                        + ")")
            .orElse("");
  }

  /** Connects in a second, or a dash. */
  public String openedText() {
    return openedPerSecond.isEmpty()
        ? UNKNOWN
        : UnitFormat.rate(Math.rint(openedPerSecond.getAsDouble()));
  }

  /** The share of a core before the connections, or a dash. */
  public String shareText() {
    return shareBefore.isEmpty() ? UNKNOWN : UnitFormat.percent(shareBefore.getAsDouble());
  }

  /** The finding of runs that were silent and nothing else: the largest phases of valid ones. */
  static String sentence(List<IdleCost> all) {
    List<IdleCost> compared = all.stream().filter(cost -> cost.entry.compared()).toList();
    int most = compared.stream().mapToInt(cost -> cost.phase.subscribers()).max().orElse(0);
    List<IdleCost> largest =
        compared.stream().filter(cost -> cost.phase.subscribers() == most).toList();
    List<ReportedRun> entries = largest.stream().map(IdleCost::entry).toList();
    return "With "
        + UnitFormat.count(most)
        + " silent connections each one costs "
        + largest.stream().map(cost -> cost.text(entries)).collect(Collectors.joining("; "))
        + ".";
  }

  private String text(List<ReportedRun> entries) {
    String opened = openedPerSecond.isEmpty() ? "" : ", opened at " + openedText();
    return "%s of memory and %s of CPU a second %s%s"
        .formatted(bytesText(), cpuText(), Finding.where(entry, entries), opened);
  }
}
