package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.runtime.FunctionFolder;
import dev.fanbench.emulator.store.Redis;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.target.Ready;
import dev.fanbench.target.RedisServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
      String counters =
          TestApi.send(ready.control().resolve("/counters"), "GET", "", Map.of()).body();
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
    assertEquals(
        "--port=70000 is not allowed; --port takes 0 to 65535",
        outOfRange.errorReader().readLine());
    assertEquals(2, outOfRange.waitFor());
    Process noModel = launch("--model", "azure");
    assertEquals(
        "--model=azure is not allowed; --model takes none, aws, or the path of a model file",
        noModel.errorReader().readLine());
    assertEquals(2, noModel.waitFor());
  }

  @Test
  void badParametersOfTheTemplateAreExitCode2() throws Exception {
    assertRefused(
        launch("--parameter", "Authorizer=foo"),
        2,
        "--parameter Authorizer=foo is not allowed; Authorizer takes none, jwt, iam");
  }

  @Test
  void tableThatTheStoreRefusesIsOneSentenceAndExitCode1(@TempDir Path folder) throws Exception {
    String bad =
        TestApi.template("items.yaml").replace("{AttributeName: room, AttributeType: S}, ", "");
    Path template = Files.writeString(folder.resolve("template.yaml"), bad);
    assertRefused(
        launch("--template", template.toString()),
        1,
        "table Table: DynamoDB Local refuses CreateTable: ");
  }

  @Test
  void anApiIsChosenFromATemplateOnly() throws Exception {
    assertRefused(launch("--api", "Chat"), 2, "--api needs --template");
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

  @Test
  void redisIsStartedCountedAndGoesWithATargetThatIsKilled() throws Exception {
    Process target = launch("--watch-parent", "--store", "redis");
    Ready ready = Ready.parse(target.inputReader().readLine());
    try (ChatClient client = ChatClient.connect(ready.url())) {
      client.expectNothing();
      String counters =
          TestApi.send(ready.control().resolve("/counters"), "GET", "", Map.of()).body();
      for (String figure : List.of("\"redis.sadd\":2,", "\"redis.cpuMicros\":")) {
        assertTrue(counters.contains(figure), figure + " in " + counters);
      }
      assertFalse(counters.contains("dynamodb."), counters);
    }
    List<ProcessHandle> store = target.descendants().toList();
    assertTrue(store.stream().anyMatch(ServerlessTargetTest::isRedis), store.toString());
    target.destroyForcibly();
    for (ProcessHandle each : store) {
      each.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void processesOfFunctionsGoWithATargetThatIsKilled(@TempDir Path folder) throws Exception {
    FunctionFolder.assumeInstalled("python3");
    Path template =
        new FunctionFolder(folder, "Runtime: python3.12, Handler: app.handler")
            .file(
                "app.py",
                """
                import os
                def handler(event, context):
                    while event["body"] == "compute": pass
                    return {"statusCode": 200, "body": str(os.getpid())}
                """)
            .write();
    Process target = launch("--watch-parent", "--template", template.toString());
    Ready ready = Ready.parse(target.inputReader().readLine());
    try (ChatClient client = ChatClient.connect(ready.url())) {
      ProcessHandle waits = ProcessHandle.of(Long.parseLong(client.ask("hello"))).orElseThrow();
      client.send("compute");
      String second = client.ask("hello");
      ProcessHandle other = ProcessHandle.of(Long.parseLong(second)).orElseThrow();
      target.destroyForcibly();
      waits.onExit().get(10, TimeUnit.SECONDS);
      other.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  private static boolean isRedis(ProcessHandle process) {
    return process.info().command().orElse("").contains("redis-");
  }

  @Test
  void redisOfOnesOwnIsUsedAndLeftAsItIs() throws Exception {
    try (RedisServer own = RedisServer.start()) {
      Process target =
          launch("--watch-parent", "--store", "redis", "--redis", own.uri().toString());
      Ready ready = Ready.parse(target.inputReader().readLine());
      try (ChatClient client = ChatClient.connect(ready.url())) {
        client.expectNothing();
        assertEquals(2, Redis.at(own.uri()).counters().get("redis.sadd"));
      }
      assertEquals(0, target.descendants().count());
      target.getOutputStream().close();
      assertTrue(target.waitFor(10, TimeUnit.SECONDS));
      assertEquals(2, Redis.at(own.uri()).counters().get("redis.sadd"));
    }
  }

  /** Each delays the start, and no route of the chat needs it. */
  @Test
  void startLoadsNeitherTheSetUpOfLog4jNorAnHttpClientNorJmx(@TempDir Path folder)
      throws Exception {
    Path log = folder.resolve("classes");
    ProcessBuilder command = command("--watch-parent");
    command.command().add(1, "-Xlog:class+load:file=" + log);
    Process target = command.start();
    started.add(target);
    Ready.parse(target.inputReader().readLine());
    List<String> loaded = Files.readAllLines(log);
    assertTrue(loaded.stream().anyMatch(line -> line.contains(Emulator.class.getName() + " ")));
    assertEquals(
        List.of(),
        loaded.stream()
            .filter(
                line ->
                    line.contains("org.apache.logging.log4j.core.")
                        || line.contains("com.sun.jmx.mbeanserver.JmxMBeanServer ")
                        || line.contains("jdk.internal.net.http.HttpClientImpl "))
            .toList());
  }

  @Test
  void redisThatCannotBeHadIsOneSentenceAndExitCode1() throws Exception {
    ProcessBuilder bare = command("--store", "redis");
    bare.environment().put("PATH", "/nowhere");
    assertRefused(bare.start(), 1, "redis-server is not on the PATH; install it, for example with");
    // Port 1 has no listener that is not root's.
    String nobody = "redis://127.0.0.1:1";
    assertRefused(
        launch("--store", "redis", "--redis", nobody), 1, "no Redis answers at " + nobody);
  }

  @Test
  void badQuotasSignaturesAndAssumptionsAreExitCode2() throws Exception {
    assertRefused(launch("--quota", "patience=1"), 2, "there is no quota patience; there are");
    assertRefused(
        launch("--quota", "postBytes=0"),
        2,
        "--quota postBytes=0 is not allowed; postBytes takes 1 to");
    assertRefused(
        launch("--signatures", "maybe"),
        2,
        "--signatures=maybe is not allowed; --signatures takes on, off");
    assertRefused(launch("--tls", "maybe"), 2, "--tls=maybe is not allowed; --tls takes on, off");
    assertRefused(launch("--tls-name", "chat.test"), 2, "--tls-name needs --tls on");
    assertRefused(launch("--assume", "luck=true"), 2, "nothing is assumed of luck; there are");
  }

  @Test
  void badStoresAreExitCode2() throws Exception {
    assertRefused(
        launch("--store", "mongo"),
        2,
        "--store=mongo is not allowed; --store takes dynamodb, redis");
    assertRefused(
        launch("--store", "redis", "--redis", "host:1"),
        2,
        "--redis=host:1 is not allowed; --redis takes redis://HOST:PORT, without a user and"
            + " without _ in HOST");
    assertRefused(
        launch("--store", "redis", "--redis", "redis://:secret@my_redis:1"),
        2,
        "--redis=…@my_redis:1 is not allowed; --redis takes redis://HOST:PORT");
    assertRefused(launch("--redis", "redis://r:1"), 2, "--redis needs --store redis");
  }

  private void assertRefused(Process target, int exitCode, String sentence) throws Exception {
    started.add(target);
    List<String> complaint = target.errorReader().lines().toList();
    assertEquals(1, complaint.size(), String.join("\n", complaint));
    assertTrue(complaint.get(0).startsWith(sentence), complaint.get(0));
    assertEquals(exitCode, target.waitFor());
  }

  private static int fault(Ready ready, String fault) throws Exception {
    return TestApi.send(ready.control().resolve("/fault"), "POST", fault, Map.of()).statusCode();
  }

  private Process launch(String... options) throws IOException {
    Process process = command(options).start();
    started.add(process);
    return process;
  }

  private static ProcessBuilder command(String... options) throws IOException {
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
    return new ProcessBuilder(command);
  }

  /** The class path that a launcher uses, from where the build writes it. */
  private static String classPath() throws IOException {
    return Path.of("target", "classes")
        + File.pathSeparator
        + Files.readString(Path.of("target", "launch.classpath")).strip();
  }
}
