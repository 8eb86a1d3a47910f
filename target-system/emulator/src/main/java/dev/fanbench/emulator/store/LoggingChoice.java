package dev.fanbench.emulator.store;

/** The logging of libraries. DynamoDB Local brings Log4j, and Netty takes it where it is there. */
public final class LoggingChoice {
  private static final String EXPIRY_LOOK =
      "software.amazon.dynamodb.services.local.shared.jobs.TimeToLiveDeletionJob";

  private LoggingChoice() {}

  /**
   * Chooses Log4j's simple loggers, which write errors only. Its own set-up parses XML, starts JMX
   * and is a sixth of the time to start. To be called before any library asks for a logger.
   *
   * <p>DynamoDB Local looks for expired rows as it starts. When it is stopped meanwhile, that look
   * would write a stack trace of its own.
   */
  public static void simple() {
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog." + EXPIRY_LOOK + ".level", "OFF");
  }
}
