package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals to a process of its own. */
class OrderlyStopTest {
  private static final long PATIENCE_SECONDS = 20;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNothingBehind() {
    started.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void drainIsOverBeforeTheFirstShutdownHookRuns(String signal) throws Exception {
    Process target = launch("quick");
    BufferedReader says = target.inputReader();
    assertEquals("ready", says.readLine());
    send(signal, target);
    assertEquals(List.of("drain begins", "drain ends", "hook of a library"), says.lines().toList());
    assertEquals(OrderlyStop.DRAINED, exitCode(target));
  }

  @Test
  void endOfTheParentIsAStopInOrderToo() throws Exception {
    Process target = launch("quick");
    BufferedReader says = target.inputReader();
    assertEquals("ready", says.readLine());
    target.getOutputStream().close();
    assertEquals(List.of("drain begins", "drain ends", "hook of a library"), says.lines().toList());
    assertEquals(OrderlyStop.DRAINED, exitCode(target));
  }

  @Test
  void secondSignalEndsAtOnce() throws Exception {
    Process target = launch("endless");
    BufferedReader says = target.inputReader();
    assertEquals("ready", says.readLine());
    send("TERM", target);
    assertEquals("drain begins", says.readLine());
    send("TERM", target);
    assertEquals(128 + 15, exitCode(target));
    assertEquals(List.of(), says.lines().toList(), "no hook runs");
  }

  @Test
  void signalAfterTheParentHasGoneIsTheFirst() throws Exception {
    Process target = launch("endless");
    BufferedReader says = target.inputReader();
    assertEquals("ready", says.readLine());
    target.getOutputStream().close();
    assertEquals("drain begins", says.readLine());
    send("INT", target);
    send("TERM", target);
    int code = exitCode(target);
    assertTrue(code == 128 + 2 || code == 128 + 15, "exit code " + code);
  }

  @Test
  void drainThatFailsIsSaidAndExitCode1() throws Exception {
    Process target = launch("broken");
    BufferedReader says = target.inputReader();
    assertEquals("ready", says.readLine());
    send("TERM", target);
    assertEquals(
        "the stop failed: java.lang.IllegalStateException: on purpose",
        target.errorReader().readLine());
    assertEquals(OrderlyStop.FAILED, exitCode(target));
  }

  private Process launch(String drain) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").startsWith("Linux")) {
      // A build in the background of a script ignores SIGINT, and so would its children.
      command.addAll(List.of("env", "--default-signal=HUP,INT,TERM"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Target.class.getName(), drain));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  private static void send(String signal, Process target) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + target.pid()).start();
    assertEquals(0, kill.waitFor());
  }

  private static int exitCode(Process target) throws InterruptedException {
    assertTrue(target.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
    return target.exitValue();
  }

  /** A target with a library whose shutdown hook it has to be faster than. */
  static final class Target {
    private Target() {}

    public static void main(String[] drain) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook of a library")));
      OrderlyStop stop = OrderlyStop.of(() -> drain(drain[0]));
      stop.watchParent(System.in);
      say("ready");
      System.exit(stop.await());
    }

    private static void drain(String how) {
      say("drain begins");
      switch (how) {
        case "endless" -> waitForEver();
        case "broken" -> throw new IllegalStateException("on purpose");
        default -> say("drain ends");
      }
    }

    private static void waitForEver() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException impossible) {
        Thread.currentThread().interrupt();
      }
    }

    private static void say(String line) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
