package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.target.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDescriptorTest {
  private static final Path HOME = Path.of("..");

  @TempDir private Path home;

  @Test
  void shippedServersCanBeRead() {
    for (String name : ServerDescriptor.names(HOME)) {
      ServerDescriptor server = ServerDescriptor.read(HOME, name);
      assertTrue(server.java().isPresent() || !server.command().isEmpty(), name);
      assertTrue(server.servePort() > 0, name);
    }
    assertTrue(ServerDescriptor.names(HOME).containsAll(List.of("floor", "netty", "node", "ws")));
  }

  @Test
  void commandHasADialectAndAPortThatAccepts() {
    ServerDescriptor node = ServerDescriptor.read(HOME, "node");
    assertEquals(TargetKind.SERVER, node.kind());
    assertEquals(List.of("node", "server.mjs", "{port}"), node.command());
    assertEquals(ServerDescriptor.Readiness.PORT, node.ready());
    assertEquals("plain", node.dialect().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command = [a], kinds = server | kinds is not a known key. Did you mean kind?",
        "command = [a], kind = cloud | kind=cloud is not allowed; kind takes in-memory, serverless,",
        "command = [a], ready = soon | ready=soon is not allowed; ready takes line, port.",
        "command = [a], dialect = latin | dialect=latin is not allowed; dialect takes",
        "kind = server | must have one of java and command.",
        "command = [a | server.conf, line 1: this is not HOCON; a file takes KEY = VALUE,"
      })
  void mistakeIsASentenceWithTheFile(String text, String sentence) throws IOException {
    Files.createDirectories(home.resolve("servers/mine"));
    Files.writeString(home.resolve("servers/mine/server.conf"), text);
    String told =
        assertThrows(BadOption.class, () -> ServerDescriptor.read(home, "mine")).getMessage();
    assertTrue(told.contains("servers/mine/server.conf") && told.contains(sentence), told);
  }

  @Test
  void missingProgramsFilesAndModulesAreToldWithTheWayToGetThem() throws IOException {
    Files.createDirectories(home.resolve("servers/mine"));
    Files.writeString(
        home.resolve("servers/mine/server.conf"),
        """
        command = [sh]
        needs = [ { program = sh, get = "never" }
          { program = no-such-program, get = "install it" }
          { file = node_modules/ws, get = "npm ci" }
          { module = json, get = "never" }
          { module = no_such_module, get = "install that" } ]
        """);
    assertEquals(
        List.of(
            "mine needs no-such-program, which is not there: install it.",
            "mine needs node_modules/ws, which is not there: npm ci.",
            "mine needs no_such_module of Python, which is not there: install that."),
        ServerDescriptor.read(home, "mine").missing());
  }

  /**
   * Functions in processes take longer for 1,000 posts than the time between two messages, and
   * would take the cores from the servers of their group.
   */
  @Test
  void functionsInProcessesAreNoneOfTheInstalled() {
    List<String> byNameOnly = new ArrayList<>();
    for (String name : ServerDescriptor.names(HOME)) {
      ServerDescriptor server = ServerDescriptor.read(HOME, name);
      assertEquals(server.arguments().contains("--template"), server.byNameOnly(), name);
      if (server.byNameOnly()) {
        byNameOnly.add(name);
      }
    }
    assertEquals(List.of("aws-chat-sample", "chat-node", "chat-python", "noco"), byNameOnly);
  }

  @Test
  void unknownTargetIsToldWhichThereAre() {
    assertEquals(
        "target=nety is not allowed; target takes "
            + String.join(", ", ServerDescriptor.names(HOME))
            + ", installed, a ws:// or wss:// URL, or a comma list of these.",
        assertThrows(BadOption.class, () -> TargetChoice.parse(HOME, "nety")).getMessage());
  }
}
