package dev.fanbench.gatling;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.experiment.Experiment;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.OptionalLong;

/**
 * The connections, frames and deliveries of a workload, counted before any load is sent.
 *
 * @param connections opened over the whole run
 * @param openAtOnce the most that are open at one time
 * @param sent frames the load sends: publications, requests, and those of the dialect that open,
 *     join, stay alive and leave; a publication by HTTP counts as one
 * @param deliveries frames it expects back: deliveries, answers, and those that open and confirm
 * @param seconds of load, starts and joins left out
 */
record PlannedLoad(long connections, long openAtOnce, long sent, long deliveries, double seconds) {

  /**
   * Counts a workload. Probes are not counted, as their number is not known. Without rooms, and
   * where members publish, a publication may come back to its sender.
   */
  static PlannedLoad of(Workload workload, Dialect dialect) {
    long connections = 0;
    long openAtOnce = 0;
    long sent = 0;
    long deliveries = 0;
    for (Phase phase : workload.phases()) {
      long members = members(phase);
      boolean connects = phase.kind() == PhaseKind.CONNECT;
      boolean publishes = !connects && phase.kind() != PhaseKind.IDLE;
      BackgroundLoad others = phase.background();
      long staying = (long) others.slow() + others.membersBeside();
      long open = (connects ? phase.count() : members) + staying;
      double churn = others.churnPerSecond();
      long said = Math.round(others.chatterPerSecond() * phase.seconds());
      long again = phase.outage().any() ? open : 0;
      connections += open + again + Math.round(churn * phase.seconds());
      openAtOnce = Math.max(openAtOnce, open + Math.round(2 * churn));
      boolean copied = !dialect.hasRooms() || phase.publishingMembers() > 0;
      long copies = Math.max(1, phase.fanOut() + (copied ? 1 : 0));
      long opened = open + again + Math.round(churn * phase.seconds());
      FrameCount opening = FrameCount.ofOpening(dialect).times(opened);
      long joiners = connects ? 0 : opened - outside(phase, dialect);
      long further = (long) phase.memberships() - phase.subscribers();
      FrameCount joining = FrameCount.ofJoin(dialect).times(joiners + further);
      FrameCount alive = FrameCount.ofKeepAlive(dialect, phase.seconds()).times(open);
      sent +=
          opening.sent() + joining.sent() + alive.sent() + said + (publishes ? phase.count() : 0);
      sent += dialect.leave().isPresent() ? opened : 0;
      long besides = said * (BackgroundLoad.MEMBERS_BESIDE - 1);
      deliveries += opening.received() + joining.received() + besides;
      deliveries += publishes ? phase.count() * copies : 0;
    }
    double seconds = workload.phases().stream().mapToDouble(Phase::seconds).sum();
    return new PlannedLoad(connections, openAtOnce, sent, deliveries, seconds);
  }

  /**
   * The number of targets that can be up at the same time.
   *
   * @param room connections that this process may have open
   */
  int together(OptionalLong room) {
    long fit = room.orElse(Long.MAX_VALUE) / Math.max(1, openAtOnce);
    return (int) Math.max(1, Math.min(fit, Experiment.MOST_TOGETHER));
  }

  /** Publishers that are no members, and so join nothing. */
  private static long outside(Phase phase, Dialect dialect) {
    boolean rooms = phase.kind() == PhaseKind.CHAT || phase.kind() == PhaseKind.FANOUT;
    return rooms && !dialect.publish().byMember() && phase.publishingMembers() == 0
        ? phase.rooms()
        : 0;
  }

  private static long members(Phase phase) {
    long besides = phase.publishingMembers() == 0 ? phase.rooms() : 0;
    return switch (phase.kind()) {
      case CONNECT -> 0;
      case IDLE -> phase.subscribers();
      case ECHO, CHAT, FANOUT -> besides + phase.subscribers();
    };
  }
}
