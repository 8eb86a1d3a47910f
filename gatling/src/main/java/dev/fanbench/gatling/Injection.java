package dev.fanbench.gatling;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;

import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.Phase;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Gatling users for the arrivals of a phase: all users of a second are injected at its beginning,
 * early, and each then waits for its instant.
 */
final class Injection {
  private static final long SECOND_NANOS = 1_000_000_000;

  private Injection() {}

  static OpenInjectionStep[] of(Phase phase, SendSchedule schedule) {
    List<OpenInjectionStep> steps = new ArrayList<>();
    int n = 0;
    for (long second = 1; n < phase.count(); second++) {
      int users = 0;
      while (n < phase.count() && schedule.offsetNanos(n) < second * SECOND_NANOS) {
        users++;
        n++;
      }
      if (users > 0) {
        steps.add(atOnceUsers(users));
      }
      if (n < phase.count()) {
        steps.add(nothingFor(Duration.ofSeconds(1)));
      }
    }
    return steps.toArray(OpenInjectionStep[]::new);
  }
}
