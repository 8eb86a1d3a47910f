package dev.fanbench.emulator.store;

/** The logging of libraries. DynamoDB Local brings Log4j, and Netty takes it where it is there. */
public final class LoggingChoice {

  private LoggingChoice() {}

  /**
   * Chooses Log4j's simple loggers, which write errors only. Its own set-up parses XML, starts JMX
   * and is a sixth of the time to start. To be called before any library asks for a logger.
   */
  public static void simple() {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
  }
}
