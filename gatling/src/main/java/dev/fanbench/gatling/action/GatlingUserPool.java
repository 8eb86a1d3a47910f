package dev.fanbench.gatling.action;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;

import dev.fanbench.gatling.experiment.UserPool;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.workload.Phase;
import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Gatling's users. Each comes once, takes arrivals of all phases in turn with the others, and goes
 * when the experiment is over. Thread-safe.
 */
public final class GatlingUserPool implements UserPool {
  /** Arrivals that can be armed at one time; bursts of a Poisson schedule need some. */
  private static final int COUNT = 64;

  private final List<Runnable> goOn = new ArrayList<>(COUNT);
  private final String scenario;
  private final Consumer<GatlingUserPool> complete;
  private volatile GatlingReportWriter rows;

  /**
   * @param scenario its name in Gatling's report
   * @param complete called with these users when the last one has come; must not block
   */
  public GatlingUserPool(String scenario, Consumer<GatlingUserPool> complete) {
    this.scenario = scenario;
    this.complete = complete;
  }

  /** All users, each with the one step that it takes. */
  public PopulationBuilder population() {
    return CoreDsl.scenario(scenario).exec(step()).injectOpen(atOnceUsers(COUNT));
  }

  private ActionBuilder step() {
    return () ->
        new io.gatling.core.action.builder.ActionBuilder() {
          @Override
          public Action build(ScenarioContext context, Action next) {
            rows = new GatlingReportWriter(context.coreComponents(), scenario);
            return new ArrivalsAction(GatlingUserPool.this::come, next);
          }
        };
  }

  private void come(Runnable onward) {
    boolean last;
    synchronized (goOn) {
      goOn.add(onward);
      last = goOn.size() == COUNT;
    }
    if (last) {
      complete.accept(this);
    }
  }

  /**
   * Lets all users go.
   *
   * @param reason for an early end, which goes into Gatling's report as a failed request
   */
  public void leave(Optional<String> reason) {
    reason.ifPresent(sentence -> rows.ko(scenario, sentence));
    synchronized (goOn) {
      goOn.forEach(Runnable::run);
    }
  }

  @Override
  public ArrivalListener listener(String target, Phase phase) {
    return GatlingPhaseWriter.of(target, phase, rows);
  }

  @Override
  public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
    UserPool.await(phase.takeArrivals(COUNT), early);
  }
}
