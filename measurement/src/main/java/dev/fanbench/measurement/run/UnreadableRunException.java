package dev.fanbench.measurement.run;

import java.io.IOException;
import java.nio.file.Path;

/** A directory that is not a whole run. The message is one sentence that says what is wrong. */
public final class UnreadableRunException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableRunException(Path directory, String problem, Throwable cause) {
    super("cannot read the run " + directory + ": " + problem, cause);
  }

  /**
   * @param problem what is wrong with it, to end the sentence "cannot read the run …:"
   */
  public UnreadableRunException(Path directory, String problem) {
    this(directory, problem, null);
  }
}
