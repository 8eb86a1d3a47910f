package dev.fanbench.gatling.action;

import com.typesafe.scalalogging.Logger;
import io.gatling.core.action.Action;
import io.gatling.core.session.Session;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The step in which a user takes arrivals, as Gatling's engine sees it. */
final class ArrivalsAction implements Action {
  private final Consumer<Runnable> users;
  private final Action next;
  private Logger logger = Logger.apply(LoggerFactory.getLogger(ArrivalsAction.class));

  /**
   * @param users take in a user, given as what lets it go on
   */
  ArrivalsAction(Consumer<Runnable> users, Action next) {
    this.users = users;
    this.next = next;
  }

  @Override
  public String name() {
    return "arrivals";
  }

  @Override
  public void execute(Session session) {
    users.accept(() -> next.$bang(session));
  }

  @Override
  public Logger logger() {
    return logger;
  }

  /** Called by a Scala trait to initialise its field in a Java class. */
  @Override
  public void com$typesafe$scalalogging$StrictLogging$_setter_$logger_$eq(Logger traitLogger) {
    logger = traitLogger;
  }

  @Override
  public String toString() {
    return name();
  }
}
