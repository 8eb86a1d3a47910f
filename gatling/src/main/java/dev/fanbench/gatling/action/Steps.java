package dev.fanbench.gatling.action;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.ArrayList;
import java.util.List;
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
   * A step that all users of a population take together: when the last one has come, {@code work}
   * runs on {@code executor}, and then all go on, even if it fails: a failure is the run's to
   * remember, not Gatling's. They may come again, as in a loop.
   *
   * @param users in the population
   */
  public static ActionBuilder together(String name, int users, Executor executor, Work work) {
    List<Runnable> waiting = new ArrayList<>(users);
    return builder(
        name,
        (rows, onward) -> {
          List<Runnable> all;
          synchronized (waiting) {
            waiting.add(onward);
            if (waiting.size() < users) {
              return;
            }
            all = List.copyOf(waiting);
            waiting.clear();
          }
          executor.execute(
              () -> {
                try {
                  work.run(rows);
                } finally {
                  all.forEach(Runnable::run);
                }
              });
        });
  }

  /** A step that lets the user go on when {@code body} calls back. */
  public static ActionBuilder each(String name, Consumer<Runnable> body) {
    return builder(name, (rows, onward) -> body.accept(onward));
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
