package dev.fanbench.gatling.experiment;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output of a run. Gatling prints lines of its own with {@code System.out}, which say
 * nothing that fanbench's do not: {@link #silenceGatling} drops them. Thread-safe.
 */
public final class RunConsole {
  private static volatile PrintStream out = System.out;

  private RunConsole() {}

  /** The stream for lines of fanbench. */
  public static PrintStream out() {
    return out;
  }

  /**
   * Drops all that is printed with {@code System.out} from now on. Call it before a class of
   * Gatling is loaded, as Scala keeps the stream that it finds first.
   */
  public static synchronized void silenceGatling() {
    out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
