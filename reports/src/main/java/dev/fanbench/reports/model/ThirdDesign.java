package dev.fanbench.reports.model;

import dev.fanbench.target.TargetKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells how a report of two designs gets the third, which needs an installation first. */
final class ThirdDesign {
  private static final String SENTENCE =
      "A Durable Object of Cloudflare is a third design: after npm ci --ignore-scripts --prefix"
          + " servers/durable-object, target=serverless,netty,durable-object measures it too.";

  private ThirdDesign() {}

  /** The sentence where the other two designs were compared and this one was not. */
  static Optional<String> hint(List<ReportedRun> entries) {
    var designs =
        entries.stream()
            .filter(ReportedRun::compared)
            .map(ReportedRun::design)
            .collect(Collectors.toSet());
    return designs.containsAll(List.of(TargetKind.SERVERLESS, TargetKind.IN_MEMORY))
            && !designs.contains(TargetKind.DURABLE_OBJECT)
        ? Optional.of(SENTENCE)
        : Optional.empty();
  }
}
