package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.dialect.DialectFolder;
import dev.fanbench.gatling.dialect.EnvironmentLookup;
import dev.fanbench.gatling.dialect.FrameContext;
import dev.fanbench.gatling.dialect.PublishRule;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.stamp.Stamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dialects of servers that do not install here send the frames that the vendor's own client sent to
 * the same scripted server. {@code vendor-clients} records those.
 */
@Timeout(60)
class VendorFramesTest {
  private static final Path FOLDER = Path.of("vendor-clients");
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String ROOM = "tea";
  private static final String TEXT = "hello";
  private static final Pattern STAMP = Pattern.compile("fb1:[0-9a-f]{8}:[0-9a-f]{8}:[0-9a-f]{16}:");

  /** The frames that a vendor's client sent, as {@code record.mjs} wrote them. */
  private record Recording(
      String versions,
      String resource,
      String subprotocols,
      List<String> frames,
      Optional<String> keepAlive,
      Optional<String> request) {

    static Recording read(String name) throws IOException {
      List<String> lines = Files.readAllLines(FOLDER.resolve("frames/" + name + ".txt"));
      return new Recording(
          after("# ", lines).findFirst().orElseThrow(),
          after("GET ", lines).findFirst().orElseThrow(),
          after("subprotocols ", lines).findFirst().orElse(""),
          after("text ", lines).toList(),
          after("keepAlive text ", lines).findFirst(),
          after("request ", lines).findFirst());
    }

    private static Stream<String> after(String word, List<String> lines) {
      return lines.stream()
          .filter(line -> line.startsWith(word))
          .map(line -> line.substring(word.length()).replace("\\x1e", "\u001e"));
    }
  }

  static List<String> recorded() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("scripts"))) {
      return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void twoMembersTalkInTheVendorsFrames(String name) throws Exception {
    ServerScript script = ServerScript.read(FOLDER, name);
    Recording recording = Recording.read(name);
    Dialect dialect = dialect(name, script);
    try (ScriptedServer server = new ScriptedServer(script);
        Fleet fleet = Fleet.open(options(server, dialect))) {
      Tally tally = new Tally();
      fleet.record(Stamp.BYTES, loop -> tally).get();
      joined(fleet, ClientSlot.subscribers(1, List.of(ROOM)));
      Client publisher = joined(fleet, ClientSlot.publishers(List.of(ROOM)));
      boolean http = recording.request().isPresent();
      int before = recording.frames().size() - (http ? 0 : 1);
      ScriptedServer.Conversation conversation = server.conversation(http ? 0 : 1);
      conversation.await(before);
      publish(publisher);
      tally.await(1);
      assertEquals(0, tally.refusals() + tally.cuts());

      List<String> sent = conversation.await(recording.frames().size());
      assertHandshake(recording, conversation);
      assertEquals(recording.frames().size(), sent.size(), sent::toString);
      for (int i = 0; i < sent.size(); i++) {
        assertSame(script, recording.frames().get(i), sent.get(i));
      }
      if (http) {
        assertSame(script, recording.request().get(), server.requests().await(1).get(0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void keepAliveIsTheVendors(String name) throws Exception {
    ServerScript script = ServerScript.read(FOLDER, name);
    Recording recording = Recording.read(name);
    FrameContext values = FrameContext.of(0, "", "", 0).withNumber(7);
    assertEquals(
        recording.keepAlive().map(script::withoutIds),
        dialect(name, script)
            .keepAlive()
            .send()
            .map(
                frame ->
                    script.withoutIds(new String(frame.bytes(values), StandardCharsets.UTF_8))));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void aRefusedJoinIsARefusalAtOnce(String name) throws Exception {
    ServerScript script = ServerScript.read(FOLDER, name);
    try (ScriptedServer server = new ScriptedServer(script);
        Fleet fleet = Fleet.open(options(server, dialect(name, script)))) {
      JoinResult.Incomplete refused =
          assertInstanceOf(
              JoinResult.Incomplete.class,
              fleet
                  .joinAll(ClientSlot.subscribers(1, List.of("forbidden")), 1, n -> {})
                  .get(10, TimeUnit.SECONDS));
      assertTrue(refused.toString().contains("the target refused the join"), refused.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void theFileNamesTheVersionsThatWereRecorded(String name) throws Exception {
    String checked = dialect(name, ServerScript.read(FOLDER, name)).checked();
    for (String version : Recording.read(name).versions().split(" and ", 2)) {
      assertTrue(checked.contains(version), checked);
    }
  }

  /** The vendor's signature is over the same text, second and body. */
  @ParameterizedTest
  @ValueSource(strings = "pusher-rest")
  void aSignedRequestIsTheVendorsByteForByte(String name) throws Exception {
    ServerScript script = ServerScript.read(FOLDER, name);
    String expected = Recording.read(name).request().orElseThrow();
    Matcher second = Pattern.compile("auth_timestamp=(\\d+)").matcher(expected);
    assertTrue(second.find());
    PublishRule.Http publish = (PublishRule.Http) dialect(name, script).publish();
    FrameContext values =
        FrameContext.of(0, "", "", Long.parseLong(second.group(1))).withRoom(ROOM).withText(TEXT);
    assertEquals(
        expected,
        String.join(
            " ",
            publish.source().method(),
            publish.source().path().string(values),
            publish.source().body().string(values)));
  }

  private static Dialect dialect(String name, ServerScript script) {
    EnvironmentLookup environment =
        variable -> Optional.ofNullable(script.environment().get(variable));
    return new DialectFolder(HOME, environment).read(name, HOME);
  }

  private static FleetOptions options(ScriptedServer server, Dialect dialect) {
    return FleetOptions.of(server.url(), SystemNanoClock.INSTANCE).withDialect(dialect);
  }

  private static Client joined(Fleet fleet, List<ClientSlot> slots) throws Exception {
    JoinResult result = fleet.joinAll(slots, 1, n -> {}).get(20, TimeUnit.SECONDS);
    return assertInstanceOf(JoinResult.Complete.class, result, result::toString).clients().get(0);
  }

  private static void publish(Client publisher) throws Exception {
    publisher
        .executor()
        .submit(() -> publisher.send(publisher.publication(0, Stamp.BYTES), 0, 0, (n, at) -> {}))
        .get(10, TimeUnit.SECONDS);
  }

  private static void assertHandshake(Recording recording, ScriptedServer.Conversation ours) {
    assertEquals(path(recording.resource()), path(ours.resource()));
    List<String> parameters = parameters(recording.resource());
    assertTrue(parameters.containsAll(parameters(ours.resource())), ours.resource());
    List<String> offered = List.of(recording.subprotocols().split(", ?", -1));
    for (String subprotocol : ours.offered().split(", ?", -1)) {
      assertTrue(
          offered.contains(subprotocol)
              || hasFields(header(recording.subprotocols()), header(subprotocol)),
          subprotocol);
    }
  }

  private static String path(String resource) {
    return resource.split("\\?", 2)[0];
  }

  private static List<String> parameters(String resource) {
    return resource.contains("?") ? List.of(resource.split("\\?", 2)[1].split("&", -1)) : List.of();
  }

  /** The fields of AppSync's credential, which is a subprotocol. */
  private static Map<String, Object> header(String subprotocols) {
    String encoded =
        Arrays.stream(subprotocols.split(", ?", -1))
            .filter(each -> each.startsWith("header-"))
            .findFirst()
            .orElse("header-e30")
            .substring("header-".length());
    return fields(new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
  }

  private static void assertSame(ServerScript script, String theirs, String ours) {
    String expected = script.withoutIds(theirs);
    String actual = script.withoutIds(STAMP.matcher(ours).replaceAll(TEXT));
    if (script.fieldsOnly()) {
      assertTrue(hasFields(fields(expected), fields(actual)), () -> expected + "\n" + actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  private static Map<String, Object> fields(String json) {
    return ConfigFactory.parseString(json).root().unwrapped();
  }

  private static boolean hasFields(Map<?, ?> theirs, Map<?, ?> ours) {
    return !ours.isEmpty()
        && ours.entrySet().stream()
            .allMatch(field -> isSame(theirs.get(field.getKey()), field.getValue()));
  }

  private static boolean isSame(Object theirs, Object ours) {
    if (theirs instanceof Map<?, ?> map && ours instanceof Map<?, ?> inner) {
      return hasFields(map, inner);
    }
    return Objects.equals(theirs, ours);
  }
}
