package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.ArrayList;
import java.util.List;

/** Frames that may explain missing deliveries: refusals, texts cut short, and unknown frames. */
final class FrameWarning {
  private FrameWarning() {}

  /** Three sentences for each kind of frame in a phase: observation, likely cause and remedy. */
  static List<String> of(PhaseResult phase) {
    List<String> found = new ArrayList<>();
    DeliveryCount count = phase.deliveryCount();
    double refusedJoins =
        phase.load() == null
            ? 0
            : phase.load().counters().getOrDefault(PhaseResult.REFUSED_JOINS, 0.0);
    if (refusedJoins > 0) {
      found.add(
          "%s connects and joins of phase %s were refused at first, and tried again."
                  .formatted(UnitFormat.count(Math.round(refusedJoins)), phase.phase().name())
              + " Likely the target limits the new members of a second."
              + " Count it as the target's result, or raise its limit.");
    }
    if (count.refused() > 0) {
      found.add(
          "%s publications of phase %s were refused%s."
                  .formatted(
                      UnitFormat.count(count.refused()),
                      phase.phase().name(),
                      example(phase, PhaseResult.REFUSED))
              + " Likely the load is over a limit of the target."
              + " Lower the rate, or count it as the target's result.");
    }
    if (count.cut() > 0) {
      found.add(
          "%s deliveries of phase %s did not hold all of the text that was sent."
                  .formatted(UnitFormat.count(count.cut()), phase.phase().name())
              + " Likely the target cuts long messages."
              + " Lower payloadBytes, or count it as the target's result.");
    }
    String lost = phase.examples().get(PhaseResult.LOST);
    if (count.lostConnections() > 0 && lost != null) {
      found.add(
          "%s connections of phase %s were lost, and of most of them it is said: %s."
                  .formatted(UnitFormat.count(count.lostConnections()), phase.phase().name(), lost)
              + " Likely the target ends connections by a rule of its own, such as an answer to its"
              + " heartbeat. See its log, and keepAlive of the dialect.");
    }
    if (count.missing() > 0 && count.otherFrames() > 0 && count.otherFrames() != count.sent()) {
      found.add(
          "%s frames without a stamp arrived in phase %s%s."
                  .formatted(
                      UnitFormat.count(count.otherFrames()),
                      phase.phase().name(),
                      example(phase, PhaseResult.OTHER))
              + " Likely they say why deliveries are missing."
              + " Compare them with the target's protocol and with dialect=….");
    }
    return found;
  }

  private static String example(PhaseResult phase, String kind) {
    String frame = phase.examples().get(kind);
    return frame == null ? "" : ", the first with '" + frame + "'";
  }
}
