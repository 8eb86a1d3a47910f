package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The delivery counts of every phase of every run. A count that is 0 in all of them is named below
 * the table and has no column there: those columns were a third of the table's bytes.
 */
final class DeliveryCountTable {

  /** The counts of things that should not happen. */
  private enum Trouble {
    FAILED("failed"),
    MISSING("missing"),
    DUPLICATES("duplicates"),
    OUT_OF_ORDER("out of order"),
    LATE("late"),
    UNEXPLAINED("unexplained"),
    OTHER_COPIES("other copies"),
    LOST_SOCKETS("lost sockets"),
    REFUSED("refused"),
    CUT("cut short"),
    UNTRIED("untried");

    private final String words;

    Trouble(String words) {
      this.words = words;
    }

    private long of(DeliveryCount counts) {
      return switch (this) {
        case FAILED -> counts.failed();
        case MISSING -> counts.missing();
        case DUPLICATES -> counts.duplicates();
        case OUT_OF_ORDER -> counts.outOfOrder();
        case LATE -> counts.late();
        case UNEXPLAINED -> counts.unexpected();
        case OTHER_COPIES -> counts.otherCopies();
        case LOST_SOCKETS -> counts.lostConnections();
        case REFUSED -> counts.refused();
        case CUT -> counts.cut();
        case UNTRIED -> counts.untried();
      };
    }

    private boolean isIn(ReportModel comparison) {
      return comparison.entries().stream()
          .flatMap(entry -> entry.run().measured().stream())
          .anyMatch(phase -> of(phase.deliveryCount()) > 0);
    }

    /** True for a count that is no fault of the target. */
    private boolean isExplained(PhaseResult phase) {
      return switch (this) {
        case OTHER_COPIES -> true;
        case FAILED, LOST_SOCKETS -> phase.phase().outage().any();
        default -> false;
      };
    }

    private Markup cell(PhaseResult phase) {
      long number = of(phase.deliveryCount());
      return DeliveryCountTable.cell(number, number > 0 && !isExplained(phase) ? "bad" : "quiet");
    }
  }

  private final ReportModel comparison;
  private final List<Trouble> columns;
  private final boolean outages;

  private DeliveryCountTable(ReportModel comparison) {
    this.comparison = comparison;
    this.columns =
        Stream.of(Trouble.values())
            .filter(each -> each == Trouble.MISSING || each.isIn(comparison))
            .toList();
    this.outages = !comparison.recoveries().isEmpty();
  }

  static Markup of(ReportModel comparison) {
    return new DeliveryCountTable(comparison).toMarkup();
  }

  private Markup toMarkup() {
    Markup content =
        Markup.of(
            """
            <thead><tr><th scope="col">run</th><th scope="col" class="word">phase</th><th scope="col">sent</th>\
            <th scope="col">expected</th><th scope="col">delivered</th>{}{}</tr></thead>
            {}""",
            outages ? Markup.of("<th scope=\"col\">missed in an outage</th>") : Markup.EMPTY,
            columns.stream()
                .map(each -> Markup.of("<th scope=\"col\">{}</th>", each.words))
                .collect(Markup.joining()),
            comparison.entries().stream().map(this::block).collect(Markup.joining()));
    return Markup.join(Table.of("dense", "Delivery counts", content), zeros());
  }

  private Markup zeros() {
    String names =
        Stream.of(Trouble.values())
            .filter(each -> !columns.contains(each))
            .map(each -> each.words)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Markup.EMPTY
        : Markup.of("<p>0 in every phase of every run: {}.</p>\n", names);
  }

  /** The phases of one run, whose name stands beside the first of them. */
  private Markup block(ReportedRun entry) {
    List<PhaseResult> phases = entry.run().measured();
    if (phases.isEmpty()) {
      return Markup.EMPTY;
    }
    Markup name =
        Markup.of(
            "<th scope=\"rowgroup\" rowspan=\"{}\">{}{}</th>",
            phases.size(),
            entry.name(),
            RunLabel.of(entry));
    return Markup.of(
        "<tbody>{}{}</tbody>\n",
        line(name, phases.get(0)),
        phases.stream().skip(1).map(each -> line(Markup.EMPTY, each)).collect(Markup.joining()));
  }

  private Markup line(Markup name, PhaseResult phase) {
    DeliveryCount counts = phase.deliveryCount();
    return Markup.of(
        "<tr>{}<th scope=\"row\">{}</th>{}{}{}{}{}</tr>\n",
        name,
        phase.phase().name(),
        phase.phase().kind() == PhaseKind.IDLE ? Table.unknown() : cell(counts.sent(), ""),
        cell(counts.expected(), ""),
        cell(counts.delivered(), ""),
        outages ? cell(counts.missedAway(), "quiet") : Markup.EMPTY,
        columns.stream().map(each -> each.cell(phase)).collect(Markup.joining()));
  }

  private static Markup cell(long count, String style) {
    return Table.cell(style, UnitFormat.count(count));
  }
}
