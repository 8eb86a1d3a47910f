package dev.fanbench.gatling;

import dev.fanbench.gatling.action.Rows;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;

/**
 * Writes each closed arrival of a phase into Gatling's own report, from its intended time. An
 * arrival is closed when its last delivery comes, so that moment is now.
 */
final class PhaseRows implements ArrivalListener {
  private final String name;
  private final boolean fanOut;
  private final Rows rows;

  PhaseRows(String target, Phase phase, Rows rows) {
    this.name = target + " " + phase.name();
    this.fanOut = phase.kind() == PhaseKind.FANOUT;
    this.rows = rows;
  }

  @Override
  public void closed(
      int n,
      long intendedAtNanos,
      long sentAtNanos,
      long firstAtNanos,
      long lastAtNanos,
      int delivered,
      int missing) {
    if (sentAtNanos == NEVER) {
      rows.ko(name, "not sent");
    } else if (missing > 0) {
      rows.ko(name, missing + " of " + (delivered + missing) + " deliveries missing");
    } else {
      if (fanOut) {
        rows.ok(
            name + " first delivery", firstAtNanos - intendedAtNanos, lastAtNanos - firstAtNanos);
        rows.ok(name + " last delivery", lastAtNanos - intendedAtNanos, 0);
      } else {
        rows.ok(name, lastAtNanos - intendedAtNanos, 0);
      }
    }
  }
}
