package dev.fanbench.gatling.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DialectReaderTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final DialectFolder FOLDER =
      new DialectFolder(HOME, EnvironmentLookup.namesOnly());
  private static final String REST = "\njoin { probe = true }\npublish { send = \"${text}\" }\n";

  @TempDir Path directory;

  @Test
  void everyShippedFileIsADialectWithASentenceOfItsOwn() {
    List<String> names = FOLDER.names();
    assertTrue(names.containsAll(List.of("fanbench", "plain", "socketio", "mqtt")), "" + names);
    for (String name : names) {
      Dialect dialect = FOLDER.read(name, HOME);
      assertEquals(name, dialect.name());
      assertFalse(dialect.about().isEmpty(), name);
      assertFalse(dialect.about().endsWith("."), name);
    }
  }

  @Test
  void allPartsAreRead() throws Exception {
    Dialect dialect =
        read(
            """
            about = "everything"
            timeout = 3s
            connect {
              path = "/x?room=${room}"
              headers { X-User = "${user}" }
              subprotocol = [ a, "b-${token}" ]
            }
            open = [
              { expect { begins = "hello" }, capture { sid = "sid=(\\\\d+)" } }
              { send { hex = "01 02" } }
            ]
            join { send = "join ${room} ${n}", expect { exactly = "joined ${n}" } }
            publish { send { binary = "say ${room} ${text}" }, by = connection }
            request { send = "echo ${text}" }
            keepAlive { every = 20s, send = "beat", answers = [ { expect = ping, send = pong } ] }
            leave { send = "bye ${seen:sid}" }
            refuse = [ { expect { pattern = "^error \\\\d" }, again = true } ]
            """);
    assertEquals(Duration.ofSeconds(3), dialect.timeout());
    assertTrue(dialect.hasRooms());
    assertTrue(dialect.answersRequests());
    assertFalse(dialect.publish().byMember());
    assertTrue(dialect.publish().source().binary());
    assertEquals(Duration.ofSeconds(20), dialect.keepAlive().every());
    assertEquals(2, dialect.connect().subprotocols().size());
    assertTrue(dialect.join().confirmation() instanceof Confirmation.Reply);
    assertTrue(dialect.refusals().get(0).again());
  }

  @Test
  void mistakesNameFileLineKeyAndTheAllowedValues() throws Exception {
    assertMistake("jion { probe = true }", "line 1: jion is not a known key. Did you mean join?");
    assertMistake("about = x", "must have the key join.");
    assertMistake("join { }" + "\npublish { send = \"${text}\" }", "join must have one of expect,");
    assertMistake(
        "join { send = in, probe = true, several = true }\npublish { send = \"${text}\" }",
        "join.several=true is not allowed without a join.send that has ${room}.");
    assertMistake("join { frames = 0 }", "join.frames=0 is not allowed; join.frames takes a whole");
    assertMistake(
        "join { probe = true }\npublish { send = \"hi\" }",
        "publish.send must have ${text}, which holds the publication.");
    assertMistake(
        "join { probe = true }\npublish { send = \"${text}${rom}\" }",
        "line 2: publish.send: ${rom} is not a placeholder; known are ${room}, ");
    String oneOfThem =
        "a step of open has send or expect, and not both; a question and its answer are two steps.";
    assertMistake("open = [ { } ]" + REST, oneOfThem);
    assertMistake("open = [ { send = a, expect = b } ]" + REST, oneOfThem);
    assertMistake(
        "open = [ { expect { begins = a, exactly = b } } ]" + REST,
        "open.expect must have one of contains, exactly, begins, pattern, hex.");
    assertMistake(
        "open = [ { expect { pattern = \"(\" } } ]" + REST,
        "open.expect.pattern=( is not allowed; open.expect.pattern takes a regular expression");
    assertMistake(
        "open = [ { expect { contains = [] } } ]" + REST,
        "open.expect.contains=[] is not allowed; open.expect.contains takes a text or a list");
    assertMistake("leave { send = \"${seen:sid}\" }" + REST, "${seen:sid} is used, but no step of");
    assertMistake(
        "keepAlive { answers = [ { expect = a, capture { id = b }, send = \"${seen:di}\" } ] }"
            + REST,
        "${seen:di} is used, but neither a step of open nor its answer has capture { di = … }.");
    assertMistake(
        "keepAlive { answers = [ { expect = a, capture { id = b } } ] }\nleave { send = \"${seen:id}\" }"
            + REST,
        "${seen:id} is used, but no step of open has capture { id = … }.");
    assertMistake("timeout = soon" + REST, "timeout=soon is not allowed; timeout takes a time");
    assertMistake("keepAlive { every = 3s }" + REST, "keepAlive must have both of every and send");
    assertMistake("codec = amqp", "codec=amqp is not allowed; codec takes text or mqtt.");
    assertMistake("codec = mqtt\njoin { }", "line 2: join is not a known key.");
    assertMistake("join = yes", "join=yes is not allowed; join takes a section in braces.");
    assertMistake("about = [ x ]" + REST, "line 1: about=[x] is not allowed; about takes a text.");
    assertMistake(
        "open = yes" + REST, "line 1: open=yes is not allowed; open takes a list of sections");
    assertMistake(
        "connect { subprotocol { } }" + REST,
        "connect.subprotocol={} is not allowed; connect.subprotocol takes a text, or a list");
  }

  /** The library's own words name its classes of tokens, and no file. */
  @Test
  void textThatIsNotHoconIsOneSentenceWithFileAndLine() throws Exception {
    String form =
        ": this is not HOCON; a file takes KEY = VALUE, KEY { … } and KEY = [ … ],"
            + " and each quote, brace and bracket must be closed.";
    for (Map.Entry<String, Integer> each :
        Map.of("about = x\njoin {\n", 3, "join }", 1, "\nabout = \"x\n", 2, "a..b = 1", 1)
            .entrySet()) {
      DialectError wrong = assertThrows(DialectError.class, () -> read(each.getKey()));
      assertEquals(
          directory.resolve("own.conf") + ", line " + each.getValue() + form, wrong.getMessage());
    }
    DialectError unquoted =
        assertThrows(
            DialectError.class,
            () -> read("join { probe = true }\npublish { send = say ${text} }"));
    assertEquals(
        directory.resolve("own.conf")
            + ", line 2: ${…} outside quotes names a key of the file, and there is none of that"
            + " name; a text with a placeholder stands in quotes.",
        unquoted.getMessage());
  }

  @Test
  void aVariableThatIsNotSetIsNamedAndItsValueIsNeverShown() throws Exception {
    String file = "join { send = \"${env:KEY}\", probe = true }\npublish { send = \"${text}\" }";
    Files.writeString(directory.resolve("own.conf"), file);
    assertEquals(
        directory.resolve("own.conf")
            + ", line 1: join.send: ${env:KEY} has no value; set the environment variable KEY.",
        mistake(EnvironmentLookup.none()));
    String lines = mistake(name -> Optional.of("se\ncret"));
    assertTrue(
        lines.endsWith(
            "the value of ${env:KEY} is not allowed; a variable takes one line of text."),
        lines);
    assertFalse(lines.contains("cret"), lines);
    Dialect dialect = folder(name -> Optional.of("secret")).read("own.conf", directory);
    assertFalse(dialect.toString().contains("secret"), dialect.toString());
  }

  private String mistake(EnvironmentLookup environment) {
    return assertThrows(DialectError.class, () -> folder(environment).read("own.conf", directory))
        .getMessage();
  }

  private static DialectFolder folder(EnvironmentLookup environment) {
    return new DialectFolder(HOME, environment);
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatAre() {
    DialectError unknown = assertThrows(DialectError.class, () -> FOLDER.read("socketoi", HOME));
    assertTrue(
        unknown
            .getMessage()
            .startsWith("dialect=socketoi is not allowed; dialect takes actioncable,"),
        unknown.getMessage());
    assertTrue(unknown.getMessage().endsWith("Did you mean socketio?"), unknown.getMessage());
  }

  private void assertMistake(String text, String part) throws Exception {
    DialectError wrong = assertThrows(DialectError.class, () -> read(text));
    assertTrue(wrong.getMessage().contains("own.conf"), wrong.getMessage());
    assertTrue(wrong.getMessage().contains(part), wrong.getMessage());
  }

  private Dialect read(String text) throws Exception {
    Files.writeString(directory.resolve("own.conf"), text);
    return FOLDER.read("own.conf", directory);
  }
}
