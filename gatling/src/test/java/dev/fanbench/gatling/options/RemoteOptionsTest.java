package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.ALL;
import static dev.fanbench.gatling.options.Typed.measured;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.fleet.ClientIdentity;
import dev.fanbench.gatling.fleet.IdentityTable;
import dev.fanbench.gatling.fleet.SourceSet;
import dev.fanbench.gatling.fleet.Trust;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who somebody's server is told that we are, and how it is spoken to. */
class RemoteOptionsTest {
  @TempDir private Path directory;

  @Test
  void remoteTargetsAndHeaders() {
    Options options = read(ALL, "target=wss://chat.example/dev", "header.X-Trace=on", "token=abc");

    assertEquals(
        List.of(TargetChoice.Remote.at(URI.create("wss://chat.example/dev"))), options.targets());
    assertEquals(Map.of("X-Trace", "on", "Authorization", "abc"), options.headers());
  }

  @Test
  void targetsByUrlHaveTheNamesThatTheyAreGiven() {
    assertEquals(
        List.of("my-chat", "netty", "other_1.2"),
        labels(
            "target=ws://127.0.0.1:9000/dev,netty,wss://chat.example", "label=my-chat,other_1.2"));
    assertEquals(List.of("127.0.0.1-9000"), labels("target=ws://127.0.0.1:9000/dev"));
    assertEquals(
        List.of("my-chat"),
        labels("target=ws://127.0.0.1:9000", "pool=ws://127.0.0.1:9001", "label=my-chat"));
  }

  private static List<String> labels(String... typed) {
    return read(ALL, typed).targets().stream().map(TargetChoice::label).toList();
  }

  @Test
  void aNameIsShortAndThatOfOneTarget() {
    String url = "target=ws://127.0.0.1:9000";
    String allowed =
        " is not allowed; label takes names with commas between, each of 1 to 32 letters, digits,"
            + " dots, hyphens and underscores, and none of them floor.";
    for (String name : List.of("", "a b", "../up", "-x", "floor", "a,", "x".repeat(33))) {
      assertEquals("label=" + name + allowed, refusal(url, "label=" + name));
    }
    assertEquals(
        "label=a,b is not allowed; label takes one name for each target by URL, which are 1 here.",
        refusal(url, "label=a,b"));
    assertEquals(
        "label=a is not allowed; label takes one name for each target by URL, which are 0 here.",
        refusal("target=netty", "label=a"));
    assertEquals(
        "label=netty is not allowed; label takes names that no other target has.",
        refusal(url + ",netty", "label=netty"));
  }

  private static String refusal(String... typed) {
    return assertThrows(BadOption.class, () -> read(ALL, typed)).getMessage();
  }

  @Test
  void aPlainServerIsMeasuredInOneRoomAndAsksForNothing() {
    String[] plain = {"target=ws://127.0.0.1:9000/,netty", "dialect=plain", "workload=quick"};
    Options options = read(ALL, plain);

    assertEquals("plain", options.dialect().name());
    assertEquals(
        List.of("connect", "fanout-10", "fanout-50"),
        measured(options).stream().map(Phase::name).toList());
    assertEquals(List.of("echo", "chat"), options.leftOut());
    assertEquals(List.of(), read(ALL).leftOut());
    assertRefused(
        "dialect plain has no rooms, no requests, or one room for each client",
        EnumSet.of(PhaseKind.ECHO),
        plain);
    String[] rooms = {plain[0], plain[1], "rooms=2", "subscribers=10"};
    assertRefused("rooms=2 cannot be with dialect=plain", ALL, rooms);
  }

  @Test
  void withoutAFileAllClientsHaveTheToken() {
    assertEquals("abc", read(ALL, "token=abc").identities().of(7).token());
    assertEquals("user-7", read(ALL).identities().of(7).user());
    assertEquals("", read(ALL).identities().of(7).token());
  }

  @Test
  void usersHaveTheValuesOfTheirRows() throws IOException {
    Path file = directory.resolve("users.csv");
    Files.writeString(file, "user,header.X-Key\nada,k1\nbob,k2\n");
    IdentityTable users = read(ALL, "users=" + file, "token=abc").identities();
    assertEquals(2, users.size());
    assertEquals(new ClientIdentity("bob", "abc", "", Map.of("X-Key", "k2")), users.of(3));
  }

  @Test
  void aCredentialIsGivenOnce() throws IOException {
    Path file = directory.resolve("users.csv");
    Files.writeString(file, "token,header.authorization,header.X-Key,query\na,b,c,d=e\n");
    String users = "users=" + file;
    assertRefused(
        "column token of the file of users= cannot be with token=", ALL, users, "token=a");
    assertRefused("cannot be with header.x-key=", ALL, users, "header.x-key=1");
    assertRefused(
        "Authorization of the file of users= cannot be with auth=", ALL, users, "auth=jwt");
    assertRefused("users takes a path to a CSV file", ALL, users + ".not");
  }

  @Test
  void sourcesAreAddressesOfThisMachine() {
    assertEquals(SourceSet.AUTOMATIC, read(ALL).sources());
    assertEquals(SourceSet.parse("127.0.0.1"), read(ALL, "sources=127.0.0.1").sources());
    // An address of TEST-NET-1 belongs to no machine.
    assertRefused("sources has 192.0.2.7, which is no address", ALL, "sources=127.0.0.1,192.0.2.7");
    assertRefused("sources=8 is not allowed; sources takes 1 to 254 IPv4", ALL, "sources=8");
  }

  @Test
  void poolIsOfTheOneTargetByUrl() {
    String target = "target=wss://chat.example/dev";
    TargetChoice pooled =
        read(ALL, target, "pool=ws://b.example:2/dev,wss://c.example").targets().get(0);
    assertEquals(
        List.of(
            URI.create("wss://chat.example/dev"),
            URI.create("ws://b.example:2/dev"),
            URI.create("wss://c.example")),
        ((TargetChoice.Remote) pooled).urls());
    assertEquals("chat.example", pooled.label());
    String url = "pool=ws://b.example";
    assertRefused("pool=b.example is not allowed; pool takes", ALL, target, "pool=b.example");
    assertRefused("pool is for one target by URL", ALL, url, "target=netty");
    assertRefused(
        "pool is for one target by URL", ALL, url, "target=ws://a.example,ws://c.example");
  }

  private static void assertRefused(String sentence, Set<PhaseKind> kinds, String... options) {
    BadOption bad = assertThrows(BadOption.class, () -> read(kinds, options));
    assertTrue(bad.getMessage().contains(sentence), bad.getMessage());
  }

  @Test
  void anybodyIsTrustedOnLoopbackOnly() {
    assertEquals(new Trust.Jvm(), read(ALL).trust());
    assertEquals(new Trust.Any(), read(ALL, "target=wss://127.0.0.1:1", "trust=any").trust());
    assertEquals(new Trust.Any(), read(ALL, "target=wss://[::1]:1", "trust=any").trust());
    assertRefused("trust=any is for loopback only", ALL, "target=wss://chat.example", "trust=any");
    assertRefused("trust=pom.xml is not allowed", ALL, "target=wss://h.example", "trust=pom.xml");
    assertRefused("trust=none is not allowed", ALL, "target=wss://h.example", "trust=none");
  }

  @Test
  void connectsToARemoteTargetAreSignedForTheRegionOfItsUrl() {
    Map<String, String> variables =
        Map.of("AWS_ACCESS_KEY_ID", "AKID", "AWS_SECRET_ACCESS_KEY", "s3cret");
    URI stage = URI.create("wss://abc.execute-api.eu-north-1.amazonaws.com/dev");
    String credential = "Credential=AKID/20240209/%s/execute-api/aws4_request";
    for (String[] each :
        new String[][] {
          {stage.toString(), "sign=iam", "eu-north-1"},
          {"ws://127.0.0.1:9001/dev", "sign=iam,region=us-west-2", "us-west-2"}
        }) {
      URI target = URI.create(each[0]);
      String authorization =
          signing(each[1], target, variables)
              .signer(target)
              .headers("GET", target, Instant.parse("2024-02-09T12:00:00Z"))
              .get("Authorization");
      assertTrue(authorization.contains(credential.formatted(each[2])), authorization);
    }
    assertRefused("sign=iam needs region=", "sign=iam", URI.create("ws://h/dev"), variables);
    assertRefused("is not set", "sign=iam", stage, Map.of());
    assertRefused("cannot be with token=", "sign=iam,token=x", stage, variables);
  }

  private static void assertRefused(
      String sentence, String settings, URI target, Map<String, String> variables) {
    BadOption bad = assertThrows(BadOption.class, () -> signing(settings, target, variables));
    assertTrue(bad.getMessage().contains(sentence), bad.getMessage());
  }

  private static Signing signing(String settings, URI target, Map<String, String> variables) {
    OptionValueSet values =
        new OptionValueSet(
            ConfigFactory.parseMap(
                Arrays.stream(settings.split(",", -1))
                    .map(each -> each.split("=", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]))));
    return Signing.read(values, List.of(TargetChoice.Remote.at(target)), variables::get)
        .orElseThrow();
  }

  @Test
  void authIsForTargetsOfOurOwn() {
    assertFalse(read(ALL).auth());
    assertTrue(read(ALL, "auth=jwt").auth());
    assertTrue(
        assertThrows(BadOption.class, () -> read(ALL, "auth=jwt", "target=wss://chat.example/dev"))
            .getMessage()
            .contains("give a remote one its token="));
    assertTrue(
        assertThrows(BadOption.class, () -> read(ALL, "auth=jwt", "token=abc"))
            .getMessage()
            .contains("cannot be with token="));
  }
}
