package dev.fanbench.gatling.action;

import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;

/**
 * Writes each closed arrival of a phase into Gatling's own report, from its intended time. An
 * arrival is closed when its last delivery comes, so that moment is now.
 */
final class GatlingPhaseWriter implements ArrivalListener {
  private final String name;
  private final boolean fanOut;
  private final boolean outage;
  private final GatlingReportWriter rows;

  private GatlingPhaseWriter(String name, Phase phase, GatlingReportWriter rows) {
    this.name = name;
    this.fanOut = phase.kind() == PhaseKind.FANOUT;
    this.outage = phase.outage().any();
    this.rows = rows;
  }

  /**
   * Rows of a phase. Warm-up leaves none in Gatling's report, as in ours, nor does silence.
   * Messages lost in an outage are a finding, not failed requests, so they leave none either.
   *
   * @param target label of the target
   */
  static ArrivalListener of(String target, Phase phase, GatlingReportWriter rows) {
    if (phase.warmUp() || phase.kind() == PhaseKind.IDLE) {
      return ArrivalListener.none();
    }
    String name = target + " " + phase.name();
    return new GatlingPhaseWriter(name, phase, rows);
  }

  @Override
  public void closed(Arrival arrival) {
    boolean sent = arrival.sentAtNanos() != Arrival.NEVER;
    if (outage && (!sent || arrival.missing() > 0)) {
      return;
    }
    long lastNanos = arrival.lastAtNanos() - arrival.intendedAtNanos();
    if (!sent) {
      rows.ko(name, "not sent");
    } else if (arrival.missing() > 0) {
      int expected = arrival.delivered() + arrival.missing();
      rows.ko(name, arrival.missing() + " of " + expected + " deliveries missing");
    } else if (fanOut) {
      rows.ok(
          name + " first delivery",
          arrival.firstAtNanos() - arrival.intendedAtNanos(),
          arrival.lastAtNanos() - arrival.firstAtNanos());
      rows.ok(name + " last delivery", lastNanos, 0);
    } else {
      rows.ok(name, lastNanos, 0);
    }
  }
}
