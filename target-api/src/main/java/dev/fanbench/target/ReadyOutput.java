package dev.fanbench.target;

import java.io.PrintStream;

/**
 * The standard output of a target, which carries its READY line and nothing else. From {@link
 * #take()} on, all other output of this process, such as that of functions and of logging
 * libraries, goes to standard error.
 *
 * <pre>{@code
 * ReadyOutput output = ReadyOutput.take();
 * Server server = Server.start();
 * output.print(ready);
 * }</pre>
 *
 * <p>Thread-safe. Libraries may keep the stream that they find, so it is taken before any is used.
 */
public final class ReadyOutput {
  private final PrintStream out;

  private ReadyOutput(PrintStream out) {
    this.out = out;
  }

  /** Takes standard output. Once for each process. */
  public static ReadyOutput take() {
    ReadyOutput output = new ReadyOutput(System.out);
    System.setOut(System.err);
    return output;
  }

  /** Prints the READY line. */
  public void print(Ready ready) {
    out.println(ready.line());
    out.flush();
  }
}
