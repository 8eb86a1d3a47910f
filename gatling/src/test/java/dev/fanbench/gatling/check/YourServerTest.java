package dev.fanbench.gatling.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.command.CheckCommand;
import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.IdentityOption;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.run.DeliveryCount;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The steps of docs/your-server.md, against the server that the page describes. */
@Timeout(60)
class YourServerTest {
  private static final Path PAGE = Path.of("../docs/your-server.md");
  private static final Path EXAMPLE = Path.of("../docs/examples/mychat.conf");

  /** A port that no program gets by chance. */
  private static final URI NOWHERE = URI.create("ws://127.0.0.1:1/chat");

  private final List<String> lines = new ArrayList<>();
  private final MadeUpChat chat = new MadeUpChat();

  @TempDir Path directory;

  @BeforeEach
  void saveTheFileOfThePage() throws IOException {
    Matcher block =
        Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
    assertTrue(block.find(), "the page has a dialect");
    assertEquals(Files.readString(EXAMPLE), block.group(1), "the page shows the file");
    Files.writeString(directory.resolve("mychat.conf"), block.group(1));
  }

  @AfterEach
  void stop() {
    chat.close();
  }

  @Test
  void checkShowsEachFrameAndThatAllPartsWork() throws Exception {
    assertTrue(check("mychat.conf"), () -> String.join("\n", lines));
    assertTrue(lines.contains("dialect mychat: my chat"), lines::toString);
    assertTrue(
        lines.contains("    A ← {\"type\":\"welcome\",\"session\":\"s1\"}"), lines::toString);
    assertTrue(
        lines.contains("    A → {\"type\":\"hello\",\"session\":\"s1\",\"name\":\"user-0\"}"),
        lines::toString);
    assertTrue(lines.contains("✓ connect: two clients are connected"), lines::toString);
    assertTrue(lines.contains("✓ join: the clients are in #tea"), lines::toString);
    assertTrue(
        lines.contains("✓ publish: B received 3 of 3 publications; A received 3 of its own"),
        lines::toString);
  }

  @Test
  void checkTellsTheKeepAlivesThatItAnswered() throws Exception {
    chat.pingAfterPosts();
    assertTrue(check("mychat.conf"), () -> String.join("\n", lines));
    String last = lines.get(lines.size() - 1);
    assertTrue(
        last.matches(
            "✓ keep-alive: in [0-9.]+ m?s: 6 times a frame that contains '\"type\":\"ping\"', answered"),
        last);
  }

  @Test
  void checkTellsForHowLongNoKeepAliveCame() throws Exception {
    assertTrue(check("mychat.conf"), () -> String.join("\n", lines));
    String last = lines.get(lines.size() - 1);
    assertTrue(
        last.matches("✓ keep-alive: none came in [0-9.]+ m?s; --listen takes a longer time"), last);
  }

  @Test
  void checkTellsHowToSeeAKeepAliveThatTheClientSends() throws Exception {
    String answers =
        "answers = [ { expect = \"\\\"type\\\":\\\"ping\\\"\", send = \"\"\"{\"type\":\"pong\"}\"\"\" } ]";
    replace(answers, "send = \"beat\", every = 20 s");
    assertTrue(check("mychat.conf"), () -> String.join("\n", lines));
    assertEquals(
        "✓ keep-alive: the dialect sends one each 20 s; --listen 21 shows it",
        lines.get(lines.size() - 1));
  }

  /** The two clients are the first two users, and no credential is shown. */
  @Test
  void checkTakesAFileOfUsersAsARunDoes() throws Exception {
    Path users =
        Files.writeString(
            directory.resolve("users.csv"), "user,token\nada,token-of-ada\nbob,token-of-bob\n");
    replace("\"name\":\"${user}\"", "\"name\":\"${user}\",\"key\":\"${token}\"");
    StringWriter printed = new StringWriter();
    System.setProperty("fanbench.home", Path.of("..").toAbsolutePath().toString());
    int code;
    try {
      code =
          new CommandLine(new CheckCommand())
              .setOut(new PrintWriter(printed))
              .execute(
                  chat.url().toString(),
                  "--listen=0",
                  "--dialect=" + directory.resolve("mychat.conf"),
                  "--users=" + users);
    } finally {
      System.clearProperty("fanbench.home");
    }
    String text = printed.toString();
    assertEquals(0, code, text);
    assertTrue(text.contains("\"name\":\"ada\",\"key\":\"(not shown)\""), text);
    assertTrue(text.contains("\"name\":\"bob\",\"key\":\"(not shown)\""), text);
    assertFalse(text.contains("token-of"), text);
    assertTrue(text.stripTrailing().endsWith(" users=" + users), text);
  }

  @Test
  void aFileOfUsersAndATokenThatBothGiveATokenAreOneSentence() throws Exception {
    Path users = Files.writeString(directory.resolve("users.csv"), "user,token\nada,a\n");
    BadOption both =
        assertThrows(BadOption.class, () -> IdentityOption.ofFile(users, "another", Set.of(), 2));
    assertEquals(
        "The column token of the file of users= cannot be with token=; give one of them.",
        both.getMessage());
  }

  @Test
  void theServerIsMeasured() throws Exception {
    DeliveryCount count = measured("subscribers = 6, count = 20, rate = 100, rooms = 2");
    assertEquals(60, count.delivered());
    assertTrue(count.clean(), count.toString());
  }

  @Test
  void eachClientIsAMemberOfSeveralRooms() throws Exception {
    replace(
        "expect = \"\"\"{\"type\":\"entered\"",
        "several = true, expect = \"\"\"{\"type\":\"entered\"");
    DeliveryCount count =
        measured("subscribers = 10, count = 60, rate = 200, rooms = 6, roomsPerClient = 3");
    assertEquals(60 * 5, count.expected());
    assertEquals(60 * 5, count.delivered());
    assertEquals(60, count.otherCopies(), "the copies of the publishers");
    assertTrue(count.clean(), count.toString());
  }

  @Test
  void membersPublishInEachOfTheirRooms() throws Exception {
    replace(
        "expect = \"\"\"{\"type\":\"entered\"",
        "several = true, expect = \"\"\"{\"type\":\"entered\"");
    DeliveryCount count =
        measured(
            "subscribers = 12, count = 120, rate = 200, rooms = 6, roomsPerClient = 2, publishers = all");
    assertEquals(120 * 3, count.expected());
    assertEquals(120 * 3, count.delivered());
    assertEquals(120, count.otherCopies(), "own copies");
    assertTrue(count.clean(), count.toString());
  }

  private DeliveryCount measured(String phase) throws Exception {
    var options =
        ExperimentInTest.options(
            directory,
            chat.url().toString(),
            "dialect = \""
                + directory.resolve("mychat.conf")
                + "\"\n"
                + "fanout = [ { "
                + phase
                + " } ]");
    return ExperimentInTest.of(options.targets().get(0), options)
        .whole()
        .measured()
        .get(0)
        .result()
        .deliveryCount();
  }

  @Test
  void aPartThatDoesNotWorkIsNamedWithItsReason() throws Exception {
    replace("welcome", "greeting");
    assertFalse(check("mychat.conf"));
    assertEquals(
        "✗ open: after the handshake the target sent no frame that contains"
            + " '\"type\":\"greeting\"' within 400 ms, but '{\"type\":\"welcome\",\"session\":\"s1\"}'",
        verdict());
  }

  @Test
  void aRefusedJoinIsNamedWithItsFrame() throws Exception {
    replace("\"type\":\"enter\"", "\"type\":\"join\"");
    assertFalse(check("mychat.conf"));
    assertEquals(
        "✗ join: the target refused the join of #tea with"
            + " '{\"type\":\"error\",\"text\":\"unknown type\"}'",
        verdict());
  }

  @Test
  void aRefusedPublicationIsNamedWithItsFrame() throws Exception {
    replace("\"type\":\"post\"", "\"type\":\"shout\"");
    assertFalse(check("mychat.conf"));
    assertEquals(
        "✗ publish: the target refused a publication with"
            + " '{\"type\":\"error\",\"text\":\"unknown type\"}'",
        verdict());
  }

  @Test
  void aWrongDialectIsAskedFor() throws Exception {
    assertFalse(check("fanbench"));
    assertTrue(verdict().startsWith("✗ join: the join of #tea was not confirmed"));
    assertTrue(verdict().endsWith("is dialect=… right?"));
  }

  @Test
  void aServerThatIsNotThereIsOneLine() throws Exception {
    assertFalse(check("mychat.conf", NOWHERE));
    assertEquals(
        List.of("dialect mychat: my chat", "✗ connect: the connection was refused"), lines);
  }

  private String verdict() {
    return lines.stream().filter(line -> line.startsWith("✗")).findFirst().orElse("none");
  }

  private void replace(String text, String by) throws IOException {
    Path file = directory.resolve("mychat.conf");
    Files.writeString(file, Files.readString(file).replace(text, by));
  }

  private boolean check(String dialect) throws InterruptedException {
    return check(dialect, chat.url());
  }

  private boolean check(String dialect, URI url) throws InterruptedException {
    FleetOptions options =
        FleetOptions.of(url, SystemNanoClock.INSTANCE)
            .withDialect(
                new DialectFolder(directory)
                    .read(dialect, directory)
                    .withTimeout(Duration.ofMillis(400)));
    return new ServerCheck(options, "tea", Duration.ofMillis(300), lines::add).run();
  }
}
