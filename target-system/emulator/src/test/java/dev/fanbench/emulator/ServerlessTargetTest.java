package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.launch.Ready;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The emulator as a process of its own. */
class ServerlessTargetTest {
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void leaveNothingBehind() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void isReadyServesIsDisturbedAndGoesWithItsParent() throws Exception {
    Process target = launch("--watch-parent");
    Ready ready = Ready.parse(target.inputReader().readLine());
    assertEquals(target.pid(), ready.pid());
    assertEquals("/dev/@connections", ready.connections().getPath());
    try (ChatClient client = ChatClient.connect(ready.url())) {
      client.expectNothing();
      String counters = TestApi.send(ready.control().resolve("/counters"), "GET", "").body();
      for (String figure :
          List.of(
              "\"connections.open\":1,",
              "\"frames.received\":1,",
              "\"aws.messages\":2,",
              "\"aws.invocations\":2,",
              "\"lambda.capReached\":0,",
              "\"lambda.environments\":2,",
              "\"dynamodb.BatchWriteItem\":1,")) {
        assertTrue(counters.contains(figure), figure + " in " + counters);
      }
      assertEquals(204, fault(ready, "{\"loseDisconnects\":0.1,\"connectRaceMillis\":50}"));
      assertEquals(400, fault(ready, "{\"loseDisconnects\":2}"));
      assertEquals(400, fault(ready, "{\"stall\":1}"));

      target.getOutputStream().close();
      assertEquals(1001, client.closeCode());
    }
    assertTrue(target.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, target.exitValue());
    assertFalse(Files.exists(Path.of("dynamodb-local-metadata.json")));
  }

  @Test
  void portInUseIsOneSentenceAndExitCode1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process target = launch("--port", String.valueOf(taken.getLocalPort()));
      List<String> complaint = target.errorReader().lines().toList();
      assertEquals(1, complaint.size(), String.join("\n", complaint));
      assertTrue(complaint.get(0).contains("127.0.0.1:" + taken.getLocalPort()), complaint.get(0));
      assertEquals(1, target.waitFor());
    }
  }

  @Test
  void badOptionsAreExitCode2() throws Exception {
    Process unknown = launch("--colour", "blue");
    Process outOfRange = launch("--port", "70000");
    assertTrue(unknown.errorReader().readLine().contains("--colour"));
    assertEquals(2, unknown.waitFor());
    assertEquals("--port is 70000; allowed: 0 to 65535", outOfRange.errorReader().readLine());
    assertEquals(2, outOfRange.waitFor());
    Process noModel = launch("--model", "azure");
    assertEquals(
        "model is azure; allowed: none, aws, or the path of a model file",
        noModel.errorReader().readLine());
    assertEquals(2, noModel.waitFor());
  }

  @Test
  void saysWhichLatenciesItAdds() throws Exception {
    Process target = launch("--watch-parent", "--model", "aws", "--cold-start", "700");
    Ready ready = Ready.parse(target.inputReader().readLine());
    assertEquals(
        "aws, assumed: handshake 15 ms, invoke p50 12 ms p99 60 ms, store p50 4 ms p99 15 ms,"
            + " post p50 10 ms p99 60 ms, push 1 ms, cold start 700 ms, seed 1",
        ready.latencies());
  }

  private static int fault(Ready ready, String fault) throws Exception {
    return TestApi.send(ready.control().resolve("/fault"), "POST", fault).statusCode();
  }

  private Process launch(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            ServerlessTarget.class.getName()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  /** The class path that a launcher uses, from where the build writes it. */
  private static String classPath() throws IOException {
    return Path.of("target", "classes")
        + File.pathSeparator
        + Files.readString(Path.of("target", "launch.classpath")).strip();
  }
}
