package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.price.Bill;
import dev.fanbench.reports.price.Billing;
import dev.fanbench.reports.price.BreakEven;
import dev.fanbench.reports.price.DataTransfer;
import dev.fanbench.reports.price.PriceList;
import dev.fanbench.reports.price.Rented;
import dev.fanbench.target.TargetKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Something that would change the conclusion, with how much it would.
 *
 * @param what it is about, a few words
 * @param sentence what the runs say of it
 */
public record Sensitivity(String what, String sentence) {

  /** A network that is often between a user and a region. */
  private static final long NETWORK_NANOS = 50_000_000;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Deliveries a second at which data transfer costs as much as a machine, or more. */
  private static final double BUSY_PER_SECOND = 1_000;

  private static final int MORE_BYTES = 1_024;

  /** Those that the runs say something of. */
  static List<Sensitivity> of(
      Optional<PhaseComparison> headline,
      List<PhaseComparison> phases,
      List<CpuCost> cpu,
      BillComparison bills,
      PriceList prices) {
    List<Sensitivity> conditions = new ArrayList<>();
    headline.flatMap(Sensitivity::latencies).ifPresent(conditions::add);
    headline.flatMap(Sensitivity::network).ifPresent(conditions::add);
    capacity(cpu).ifPresent(conditions::add);
    headline.flatMap(Sensitivity::place).ifPresent(conditions::add);
    roomSize(phases, bills, prices).ifPresent(conditions::add);
    otherMachines(bills, prices).ifPresent(conditions::add);
    transfer(bills).ifPresent(conditions::add);
    return List.copyOf(conditions);
  }

  private static Optional<Sensitivity> latencies(PhaseComparison phase) {
    List<PhaseComparison.Row> emulated =
        known(phase).stream().filter(r -> r.entry().emulated()).toList();
    if (emulated.isEmpty()) {
      return Optional.empty();
    }
    boolean assumed = emulated.stream().anyMatch(r -> r.entry().assumedLatencies());
    String each =
        emulated.stream()
            .map(
                r ->
                    "%s on %s%s"
                        .formatted(
                            r.distribution().at(Percentile.P50).text(),
                            r.entry().name(),
                            r.entry().assumedLatencies() ? " (latencies assumed)" : ""))
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Sensitivity(
            "The latencies of AWS.",
            assumed
                ? each
                    + ": the assumption alone moves the p50 that far. Measure a stage of your own."
                : each
                    + " has none of them: on AWS each call takes longer, and the gap is wider."));
  }

  private static Optional<Sensitivity> network(PhaseComparison phase) {
    List<PercentileValue.Time> times =
        known(phase).stream()
            .map(r -> (PercentileValue.Time) r.distribution().at(Percentile.P50))
            .sorted(Comparator.comparingLong(PercentileValue.Time::nanos))
            .toList();
    if (times.size() < 2) {
      return Optional.empty();
    }
    long best = times.get(0).nanos();
    long worst = times.get(times.size() - 1).nanos();
    double near = (double) worst / best;
    double far = (double) (worst + NETWORK_NANOS) / (best + NETWORK_NANOS);
    return Optional.of(
        new Sensitivity(
            "The network.",
            "Loopback has none. One that adds %s to each target turns %s into %s; the difference of %s stays."
                .formatted(
                    UnitFormat.time(NETWORK_NANOS),
                    UnitFormat.ratio(near),
                    UnitFormat.ratio(far),
                    UnitFormat.time(worst - best))));
  }

  /** Rows that are compared and have a p50. */
  private static List<PhaseComparison.Row> known(PhaseComparison phase) {
    return phase.rows(phase.headlineSeries()).stream()
        .filter(r -> r.entry().compared())
        .filter(r -> r.distribution().at(Percentile.P50) instanceof PercentileValue.Time)
        .toList();
  }

  private static Optional<Sensitivity> capacity(List<CpuCost> cpu) {
    List<CpuCost> compared = cpu.stream().filter(c -> c.entry().compared()).toList();
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    String each =
        compared.stream()
            .map(
                c ->
                    "%s (%s each) on %s"
                        .formatted(
                            UnitFormat.rate(NANOS_PER_SECOND / c.nanosPerDelivery()),
                            UnitFormat.time(c.nanosPerDelivery()),
                            c.entry().name()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Sensitivity(
            "The rate.",
            "One core like this machine's is busy at "
                + each
                + ". Near it queues grow, and in memory one machine no longer does."));
  }

  /** An object lives in one place of Cloudflare's, which no figure of this machine has. */
  private static Optional<Sensitivity> place(PhaseComparison phase) {
    String names =
        known(phase).stream()
            .map(PhaseComparison.Row::entry)
            .filter(entry -> entry.design() == TargetKind.DURABLE_OBJECT)
            .map(ReportedRun::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sensitivity(
                "The place of the object.",
                names
                    + " ran in workerd on this machine. At Cloudflare a room lives in one city, on a"
                    + " core that it shares with others. Its price is modelled, not billed."));
  }

  private static Optional<Sensitivity> roomSize(
      List<PhaseComparison> phases, BillComparison bills, PriceList prices) {
    String sentences =
        bills.markedByDesign().stream()
            .flatMap(crossing -> roomSize(phases, crossing, prices).stream())
            .collect(Collectors.joining(" "));
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sensitivity("The size of rooms.", sentences));
  }

  private static Optional<String> roomSize(
      List<PhaseComparison> phases, BillComparison.Crossing crossing, PriceList prices) {
    List<String> each =
        phases.stream()
            .filter(p -> p.phase().kind() == PhaseKind.FANOUT)
            .sorted(Comparator.comparingInt(p -> p.phase().fanOut()))
            .flatMap(p -> breakEvenIn(p, crossing, prices).stream())
            .toList();
    return each.size() < 2
        ? Optional.empty()
        : Optional.of(
            "Break-even of %s and %s, %s: %s."
                .formatted(
                    crossing.used().entry().name(),
                    crossing.rented().entry().name(),
                    crossing.open(),
                    String.join(", ", each)));
  }

  private static Optional<String> breakEvenIn(
      PhaseComparison phase, BillComparison.Crossing crossing, PriceList prices) {
    Optional<Billing> used = billingIn(phase, crossing.used().entry(), prices);
    Optional<Billing> rented = billingIn(phase, crossing.rented().entry(), prices);
    return used.isEmpty() || rented.isEmpty()
        ? Optional.empty()
        : between(used.get(), rented.get(), crossing)
            .map(at -> "%s at fan-out %s".formatted(at, UnitFormat.count(phase.phase().fanOut())));
  }

  private static Optional<Billing> billingIn(
      PhaseComparison phase, ReportedRun entry, PriceList prices) {
    return phase.results().stream()
        .filter(r -> r.entry().equals(entry))
        .findFirst()
        .flatMap(r -> Cost.billing(entry, r.result(), prices));
  }

  /** Data transfer costs the same on each design of AWS, as far as their messages are alike. */
  private static Optional<Sensitivity> transfer(BillComparison bills) {
    return bills.crossings().stream()
        .flatMap(crossing -> crossing.rented().billing().dataTransfer().stream())
        .max(Comparator.comparingDouble(DataTransfer::bytesPerDelivery))
        .map(
            transfer ->
                new Sensitivity(
                    "The length of messages.",
                    "A delivery leaves with %s, %d B of them headers of TCP and IP. At %s that is %s a month of data transfer, and %s with %s more of text. Deflate takes some of it away."
                        .formatted(
                            UnitFormat.bytes(transfer.bytesPerDelivery()),
                            DataTransfer.PACKET_BYTES,
                            UnitFormat.rate(BUSY_PER_SECOND),
                            Bill.dollars(transfer.monthly(BUSY_PER_SECOND)),
                            Bill.dollars(transfer.longerBy(MORE_BYTES).monthly(BUSY_PER_SECOND)),
                            UnitFormat.bytes(MORE_BYTES))));
  }

  private static Optional<Sensitivity> otherMachines(BillComparison bills, PriceList prices) {
    String sentences =
        bills.markedByDesign().stream()
            .filter(
                crossing ->
                    crossing.rented().billing() instanceof Rented
                        && !crossing.rented().severalNodes())
            .flatMap(crossing -> otherMachines(crossing, prices).stream())
            .collect(Collectors.joining(" "));
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sensitivity("The machine.", sentences));
  }

  private static Optional<String> otherMachines(
      BillComparison.Crossing crossing, PriceList prices) {
    DataTransfer transfer = crossing.rented().billing().dataTransfer().orElseThrow();
    String each =
        Rented.others(prices, transfer).stream()
            .flatMap(
                rented ->
                    between(crossing.used().billing(), rented, crossing).stream()
                        .map(at -> at + " with " + rented.name()))
            .collect(Collectors.joining(", "));
    return each.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Break-even of %s, %s, by what is rented: %s."
                .formatted(crossing.used().entry().name(), crossing.open(), each));
  }

  private static Optional<String> between(
      Billing used, Billing rented, BillComparison.Crossing crossing) {
    return BreakEven.between(used, rented, crossing.connections()).map(BreakEven::text);
  }
}
