package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.target.Ready;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a process of its own writes one line to standard output. */
class StandardOutputTest {
  @TempDir private Path directory;

  @Test
  void nothingIsWrittenButTheReadyLine() throws Exception {
    Process target = launch();
    try (BufferedReader out = target.inputReader();
        BufferedReader err = target.errorReader()) {
      CompletableFuture<String> complaints =
          CompletableFuture.supplyAsync(() -> String.join("\n", err.lines().toList()));
      Ready ready = Ready.parse(out.readLine());
      provoke(ready);
      target.getOutputStream().close();
      assertEquals(List.of(), out.lines().toList());
      String said = Client.await(complaints);
      assertTrue(said.contains("from System.out"), said);
      assertTrue(said.contains("from a stream that was kept"), said);
      assertTrue(said.contains("from a logger"), said);
      assertTrue(target.waitFor(10, TimeUnit.SECONDS));
    } finally {
      target.destroyForcibly();
    }
  }

  /** A loud function, malformed requests, and frames that break the rules. */
  private static void provoke(Ready ready) throws Exception {
    String upgrade = RawHttp.upgrade(ready.url());
    for (String request :
        List.of(
            "\0\r\n\r\n",
            "POST /%zz HTTP/1.1\r\n\r\n",
            upgrade.replace("Connection: Upgrade\r\n", ""),
            upgrade.replace(" HTTP/1.1", "?x=%zz HTTP/1.1"),
            upgrade + upgrade)) {
      RawHttp.ask(ready.url(), request);
    }
    try (RawHttp abrupt = RawHttp.connect(ready.url()).send(upgrade)) {
      abrupt.reset();
    }
    try (RawSocket raw = RawSocket.connect(ready.url())) {
      raw.text("{\"action\":\"twoWay\"}");
      raw.frame(3, true, new byte[1]);
      assertEquals(1002, raw.closeCode());
    }
  }

  private Process launch() throws Exception {
    String api =
        TestApi.template("routes.yaml")
            .replace("Handler: test.Connect", "Handler: " + LoudFunction.class.getName());
    Path template = Files.writeString(directory.resolve("loud.yaml"), api, UTF_8);
    String classPath =
        String.join(
            File.pathSeparator,
            "target/classes",
            "target/test-classes",
            Files.readString(Path.of("target", "launch.classpath")).strip());
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            ServerlessTarget.class.getName(),
            "--watch-parent",
            "--template",
            template.toString())
        .start();
  }
}
