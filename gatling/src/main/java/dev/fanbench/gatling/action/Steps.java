package dev.fanbench.gatling.action;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Builders of steps for Gatling's Java DSL. */
public final class Steps {
  private Steps() {}

  /** Work that may block. */
  @FunctionalInterface
  public interface Work {
    /** Does it; {@code rows} writes into Gatling's own report. */
    void run(Rows rows);
  }

  /**
   * A step that runs {@code work} on {@code executor} and then lets the user go on, even if the
   * work fails: a failure is the run's to remember, not Gatling's.
   */
  public static ActionBuilder blocking(String name, Executor executor, Work work) {
    return builder(
        name,
        (rows, onward) ->
            executor.execute(
                () -> {
                  try {
                    work.run(rows);
                  } finally {
                    onward.run();
                  }
                }));
  }

  /** A step that lets the user go on when {@code arrive} calls back. */
  public static ActionBuilder arrival(String name, Consumer<Runnable> arrive) {
    return builder(name, (rows, onward) -> arrive.accept(onward));
  }

  /** What a step does with a user. */
  @FunctionalInterface
  interface Body {
    void accept(Rows rows, Runnable onward);
  }

  private static ActionBuilder builder(String name, Body body) {
    return () ->
        new io.gatling.core.action.builder.ActionBuilder() {
          @Override
          public Action build(ScenarioContext context, Action next) {
            return new StepAction(name, new Rows(context.coreComponents()), body, next);
          }
        };
  }
}
