package dev.fanbench.emulator.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that ends with this process, however this process ends.
 *
 * <p>A shell stands between: it waits for the end of a pipe that this process holds, and then kills
 * the program and all that it has started. Its text is constant; the program and its arguments are
 * words of its command line and are never evaluated. The program has a session of its own where the
 * system has {@code setsid}, so that a Ctrl-C at the terminal does not reach it.
 */
final class GuardedProcess {
  private static final Duration END = Duration.ofSeconds(5);

  private final Process guard;

  private GuardedProcess(Process guard) {
    this.guard = guard;
  }

  /**
   * Starts a program.
   *
   * @param guard the text of the shell
   * @param command the program and its arguments
   * @param variables all of its environment
   * @throws IOException if there is no shell
   */
  static GuardedProcess start(
      Path guard, List<String> command, Path folder, Map<String, String> variables)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("/bin/sh", guard.toString()));
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables);
    return new GuardedProcess(builder.start());
  }

  /** Its output and its errors; the first line is its process id. */
  InputStream output() {
    return guard.getInputStream();
  }

  /** Completes with the exit status, 128 and the signal's number if a signal ended it. */
  CompletableFuture<Integer> exit() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /**
   * Kills it and waits until it has ended; a wait longer than a few seconds is given up. Its
   * children die with it, those included that have a session of their own.
   */
  void kill() {
    // The guard kills a session, and knows of no other one. Later no child has a parent to tell.
    List<ProcessHandle> children = guard.descendants().toList();
    try {
      guard.getOutputStream().close();
    } catch (IOException closed) {
      // The guard has ended already.
    }
    boolean interrupted = Thread.interrupted();
    try {
      if (!guard.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        guard.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      interrupted = true;
    }
    children.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
