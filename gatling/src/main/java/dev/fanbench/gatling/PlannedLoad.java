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
 * @param sent frames the load sends: publications, requests and joins
 * @param deliveries frames it expects back
 * @param seconds of load, starts and joins left out
 */
record PlannedLoad(long connections, long openAtOnce, long sent, long deliveries, double seconds) {

  /**
   * Counts a workload. Without rooms there are no joins. There, and where members publish, a
   * publication may come back to its sender.
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
      long joins = dialect.hasRooms() ? members : 0;
      long own = dialect.hasRooms() && phase.publishingMembers() == 0 ? 0 : 1;
      long copies = Math.max(1, phase.fanOut() + own);
      sent += joins + said + (publishes ? phase.count() : 0);
      long besides = said * (BackgroundLoad.MEMBERS_BESIDE - 1);
      deliveries += joins + besides + (publishes ? phase.count() * copies : 0);
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

  private static long members(Phase phase) {
    long besides = phase.publishingMembers() == 0 ? phase.rooms() : 0;
    return switch (phase.kind()) {
      case CONNECT -> 0;
      case IDLE -> phase.subscribers();
      case ECHO, CHAT, FANOUT -> besides + phase.subscribers();
    };
  }
}
