package dev.fanbench.gatling.target;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.ServerDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a command of its own: a shell is between it and fanbench. */
@Timeout(60)
class TargetProcessTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path home;
  private Path folder;
  private TargetProcess target;
  private ProcessHandle server;

  @AfterEach
  void endServer() {
    server.descendants().forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly();
    target.close(Duration.ZERO);
  }

  @Test
  void aServerThatIsKilledIsGoneAndWasNotAsked() throws Exception {
    start("trap 'echo yes >asked; exit 0' TERM");
    target.kill();
    assertFalse(ProcessTree.isRunning(server), "it is gone before another one takes its port");
    assertFalse(Files.exists(folder.resolve("asked")), "it had no time for a graceful end");
  }

  @Test
  void aServerIsAskedToEndBeforeItIsKilled() throws Exception {
    start("trap 'echo yes >asked; exit 0' TERM");
    target.close();
    assertFalse(ProcessTree.isRunning(server));
    assertTrue(Files.exists(folder.resolve("asked")));
  }

  @Test
  void aServerThatDoesNotEndWhenItIsAskedIsKilled() throws Exception {
    start("trap '' TERM");
    target.close(SHORT);
    assertFalse(ProcessTree.isRunning(server));
  }

  @Test
  void aProcessThatOutlivesTheServerThatStartedItIsKilled() throws Exception {
    start("sleep 120 & echo $! >child; trap 'exit 0' TERM");
    long pid = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
    target.close(Duration.ofSeconds(2));
    assertFalse(ProcessTree.isRunning(server));
    assertFalse(ProcessTree.isRunning(child));
  }

  /** Starts a server that waits for ever, after these lines of shell. */
  private void start(String lines) throws Exception {
    folder = Files.createDirectories(home.resolve("servers/waiting"));
    Files.writeString(
        folder.resolve("server.conf"), "command = [sh, server.sh], ready = line, dialect = plain");
    Files.writeString(
        folder.resolve("server.sh"),
        lines
            + """

            echo "READY {\\"url\\":\\"ws://127.0.0.1:1/\\",\\"pid\\":$$}"
            while :; do sleep 1; done
            """);
    Options options =
        ExperimentInTest.options(
            home, "floor", "fanout = [ { subscribers = 2, count = 20, rate = 50 } ]");
    LaunchPlan plan =
        new LaunchPlan(
            "waiting", ServerDescriptor.read(home, "waiting"), List.of(), List.of(), Map.of());
    target = TargetProcess.start(new Launch(plan, options, Pinning.off("test"), Map.of()), 0);
    server = ProcessHandle.of(target.awaitReady().pid()).orElseThrow();
  }
}
