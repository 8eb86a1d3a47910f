package dev.fanbench.gatling.action;

import com.typesafe.scalalogging.Logger;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import org.slf4j.LoggerFactory;

/** One step of a scenario, as Gatling's engine sees it. */
final class StepAction implements Action {
  private final String name;
  private final Rows rows;
  private final Steps.Body body;
  private final Action next;
  private Logger logger = Logger.apply(LoggerFactory.getLogger(StepAction.class));

  StepAction(String name, Rows rows, Steps.Body body, Action next) {
    this.name = name;
    this.rows = rows;
    this.body = body;
    this.next = next;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void execute(Session session) {
    body.accept(rows.of(session.scenario()), () -> next.$bang(session));
  }

  @Override
  public Logger logger() {
    return logger;
  }

  /** How a Scala trait initialises its field in a Java class. */
  @Override
  public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger traitLogger) {
    logger = traitLogger;
  }

  @Override
  public String toString() {
    return name;
  }
}
