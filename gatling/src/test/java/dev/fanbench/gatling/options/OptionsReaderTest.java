package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.fanbench.gatling.fleet.Dialect;
import dev.fanbench.gatling.fleet.Trust;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.workload.Arrivals;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {
  private static final Set<PhaseKind> ALL = EnumSet.allOf(PhaseKind.class);
  private static final Set<PhaseKind> FANOUT = EnumSet.of(PhaseKind.FANOUT);

  @Test
  void theDefaultsMeasureBothTargetsAndTheFloor() {
    Options options = read(ALL);

    assertEquals(List.of("netty", "serverless", "serverless-aws"), labels(options));
    assertTrue(options.floorWorkload().isPresent());
    assertEquals(
        List.of("connect", "echo", "chat", "fanout-1", "fanout-10", "fanout-100", "fanout-1000"),
        measured(options).stream().map(Phase::name).toList());
    assertEquals(
        15.0,
        options.workload().phases().stream()
            .filter(Phase::warmUp)
            .mapToDouble(Phase::seconds)
            .sum(),
        0.5);
  }

  @Test
  void theCommandLineWinsOverTheFile() {
    Options options =
        read(ALL, "workload=quick", "arrivals=poisson", "payloadBytes=256", "seed=7", "floor=off");

    assertEquals(Arrivals.POISSON, options.workload().arrivals());
    assertEquals(256, options.workload().payloadBytes());
    assertEquals(7, options.workload().seed());
    assertEquals("quick", options.workload().name());
    assertFalse(options.floorWorkload().isPresent());
  }

  @Test
  void aRunIsShownOnThePortThatIsAskedFor() {
    assertEquals(OptionalInt.empty(), read(ALL).live());
    assertEquals(OptionalInt.of(0), read(ALL, "live=on").live());
    assertEquals(OptionalInt.of(0), read(ALL, "live=0").live());
    assertEquals(OptionalInt.of(8080), read(ALL, "live=8080").live());
  }

  @Test
  void subscribersRateAndDurationMakeASweep() {
    Options options = read(FANOUT, "subscribers=10,500", "rate=20", "duration=30s");

    assertEquals(
        List.of(
            new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, 600, 20, false),
            new Phase("fanout-500", PhaseKind.FANOUT, 500, 1, 600, 20, false)),
        measured(options));
  }

  @Test
  void aSweptSizeWithoutARateIsOfferedFourThousandDeliveriesASecond() {
    Phase phase = measured(read(FANOUT, "subscribers=400")).get(0);

    assertEquals(10, phase.ratePerSecond());
    assertEquals(100, phase.count());
  }

  @Test
  void anOutageIsOfTheListAndOfASizeThatItDoesNotNameAndOfWhatIsTyped() {
    assertEquals(List.of("fanout-1000-killed"), names(read(FANOUT, "workload=reconnect-storm")));
    assertEquals(
        List.of("fanout-200-graceful"),
        names(read(FANOUT, "workload=reconnect-storm", "subscribers=200", "outage=graceful")));
    assertEquals(
        List.of("fanout-200-killed"),
        names(read(FANOUT, "workload=reconnect-storm", "subscribers=200")));
    assertEquals(Outage.NONE, measured(read(FANOUT, "workload=quick")).get(0).outage());
  }

  private static List<String> names(Options options) {
    return measured(options).stream().map(Phase::name).toList();
  }

  @Test
  void rateTunesPublicationsAndLeavesConnectsAloneWhenBothAreMeasured() {
    Options options = read(ALL, "rate=5");

    assertEquals(200, phase(options, "connect").ratePerSecond());
    assertEquals(5, phase(options, "fanout-10").ratePerSecond());
  }

  @Test
  void rateTunesConnectsWhenTheyAreAllThereIs() {
    Options options = read(EnumSet.of(PhaseKind.CONNECT), "rate=50", "duration=2s");

    assertEquals(100, phase(options, "connect").count());
    assertFalse(options.floorWorkload().isPresent());
  }

  @Test
  void remoteTargetsAndHeaders() {
    Options options = read(ALL, "target=wss://chat.example/dev", "header.X-Trace=on", "token=abc");

    assertEquals(
        List.of(new TargetChoice.Remote(URI.create("wss://chat.example/dev"))), options.targets());
    assertEquals(Map.of("X-Trace", "on", "Authorization", "abc"), options.headers());
    assertFalse(options.floorWorkload().isPresent());
  }

  @Test
  void aPlainServerIsMeasuredInOneRoomAndAsksForNothing() {
    String[] plain = {"target=ws://127.0.0.1:9000/,netty", "dialect=plain", "workload=quick"};
    Options options = read(ALL, plain);

    assertEquals(Dialect.PLAIN, options.dialect());
    assertEquals(
        List.of("connect", "fanout-1", "fanout-10", "fanout-100"),
        measured(options).stream().map(Phase::name).toList());
    assertEquals(List.of("echo", "chat"), options.leftOut());
    assertEquals(List.of(), read(ALL).leftOut());
    assertRefused("dialect=plain has one room and no requests", EnumSet.of(PhaseKind.ECHO), plain);
    String[] rooms = {plain[0], plain[1], "rooms=2", "subscribers=10"};
    assertRefused("rooms=2 cannot be with dialect=plain", ALL, rooms);
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
  void variantsStandInPlaceOfTheServerlessTargetWithTheirSettingsOverTheOthers() {
    Options options =
        read(FANOUT, "postConcurrency=7", "variants=standard; broadcast=serial,stale=0.1");

    assertEquals(
        List.of("netty", "standard", "broadcast=serial,stale=0.1"),
        options.targets().stream().map(TargetChoice::label).toList());
    TargetChoice serial = options.targets().get(2);
    assertEquals("serial", options.serverless(serial).get("broadcast"));
    assertEquals("7", options.serverless(serial).get("postConcurrency"));
    assertEquals(0.1, options.stale(serial));
    assertEquals("parallel", options.serverless(options.targets().get(1)).get("broadcast"));
    assertEquals(0.0, options.stale(options.targets().get(1)));
  }

  @Test
  void aWorkloadFileMayHoldAnyKeyAndTheCommandLineWins() {
    Options shipped = read(FANOUT, "workload=variants");
    Options typed = read(FANOUT, "workload=variants", "variants=standard", "staleGrace=9s");

    assertEquals(7, shipped.targets().size());
    assertTrue(shipped.targets().stream().allMatch(TargetChoice::isServerless));
    assertTrue(shipped.slos().stream().noneMatch(Slo::gate));
    assertEquals("9s", typed.serverless(typed.targets().get(0)).get("staleGrace"));
  }

  @Test
  void serverlessIsMeasuredOnceForEachModelThatItsStoreHasLatenciesOf() {
    Options three = read(ALL);
    assertEquals(List.of("netty", "serverless", "serverless-aws"), labels(three));
    assertEquals("none", three.serverless(three.targets().get(1)).get("model"));
    assertEquals("aws", three.serverless(three.targets().get(2)).get("model"));
    assertEquals(List.of("netty", "serverless"), labels(read(ALL, "model=aws")));
    assertEquals(List.of("netty", "serverless"), labels(read(ALL, "store=redis")));
    assertEquals(List.of("netty", "standard"), labels(read(ALL, "variants=standard")));
  }

  private static List<String> labels(Options options) {
    return options.targets().stream().map(TargetChoice::label).toList();
  }

  @Test
  void generationsOfTheGoReferenceAreVariantsAsTheReadmeHasThem() {
    Options options =
        read(
            FANOUT,
            "workload=variants",
            "variants=store=redis,broadcast=serial,cleanup=none;store=redis,broadcast=workers");
    TargetChoice first = options.targets().get(0);
    TargetChoice second = options.targets().get(1);
    assertEquals("redis", options.serverless(first).get("store"));
    assertEquals("none", options.serverless(first).get("cleanup"));
    assertEquals("workers", options.serverless(second).get("broadcast"));
    assertEquals("on-gone", options.serverless(second).get("cleanup"));
  }

  @Test
  void modelIsOneThatShipsOrAFile() {
    Options two = read(ALL, "variants=standard;model=aws");
    assertEquals("none", two.serverless(two.targets().get(1)).get("model"));
    assertEquals("aws", two.serverless(two.targets().get(2)).get("model"));
  }

  @Test
  void medianOfTheModelsPostsCanBeSwept() {
    Options sweep = read(FANOUT, "workload=post-latency");
    assertEquals(8, sweep.targets().size());
    Map<String, String> slow = sweep.serverless(sweep.targets().get(3));
    assertEquals("aws", slow.get("model"));
    assertEquals("50ms", slow.get("post"));
    assertEquals("50", slow.get("postConcurrency"));
    Options both = read(ALL, "post=2500us");
    assertEquals("none", both.serverless(both.targets().get(1)).get("post"));
    assertEquals("2.5ms", both.serverless(both.targets().get(2)).get("post"));
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
              .signer(target, Clock.fixed(Instant.parse("2024-02-09T12:00:00Z"), ZoneOffset.UTC))
              .headers("GET", target)
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
    Values values =
        new Values(
            ConfigFactory.parseMap(
                Arrays.stream(settings.split(",", -1))
                    .map(each -> each.split("=", 2))
                    .collect(Collectors.toMap(each -> each[0], each -> each[1]))));
    return Signing.read(values, List.of(new TargetChoice.Remote(target)), variables::get)
        .orElseThrow();
  }

  @Test
  void storeOfTheServerlessTarget() {
    TargetChoice serverless = TargetChoice.Launched.SERVERLESS;
    assertEquals("dynamodb", read(ALL).serverless(serverless).get("store"));
    Options own = read(ALL, "store=redis", "redis=redis://127.0.0.1:6379");
    assertEquals("redis", own.serverless(serverless).get("store"));
    assertEquals("redis://127.0.0.1:6379", own.serverless(serverless).get("redis"));
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

  @Test
  void integrationStylesAreMeasuredColdFirstAndThenWarm() {
    Options options = read(EnumSet.of(PhaseKind.CONNECT, PhaseKind.ECHO), "workload=integrations");

    assertEquals(
        List.of("lambda-proxy", "lambda", "http-proxy", "http"),
        options.targets().stream().map(t -> options.serverless(t).get("integration")).toList());
    assertEquals(
        List.of("cold-connect", "cold-echo", "warm-up-connect", "warm-up-echo", "connect", "echo"),
        options.workload().phases().stream().map(Phase::name).toList());
    assertEquals(20, phase(options, "cold-echo").count());
    assertEquals(
        List.of("cold-connect", "cold-echo"),
        options.workload().phases().stream()
            .filter(options.workload()::isCold)
            .map(Phase::name)
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth=basic              | auth=basic is not allowed; auth is none or jwt
          dialect=socket.io       | dialect=socket.io is not allowed; dialect is fanbench or plain
          dialect=plain           | dialect=plain is for targets by URL; those that fanbench starts
          trust=any               | trust=any is for wss:// targets, and there is none.
          subscriber=5            | fanbench.subscriber is not a known key; known are target,
          target=nety             | target=nety is not allowed; target is netty, serverless, a ws://
          target=ws://            | target=ws:// is not allowed; target is a URL such as
          target=netty,netty      | a list in which no target stands twice
          workload=deflaut        | workload=deflaut is not allowed; workload is one of
          subscribers=0           | subscribers=0 is not allowed; subscribers is a room size from 1
          subscribers=ten         | subscribers=ten is not allowed
          rate=0                  | rate=0 is not allowed; rate is arrivals per second, over 0
          rate=fast               | rate=fast is not allowed
          duration=soon           | duration=soon is not allowed; duration is a time such as 30s
          duration=1000d          | a phase has 1 to
          arrivals=bursts         | arrivals=bursts is not allowed; arrivals is constant or poisson
          payloadBytes=38         | payloadBytes=38 is not allowed; payloadBytes is bytes of published
          warmUp=-1s              | warmUp=-1s is not allowed
          drain=0s                | drain=0s is not allowed; drain is a time such as 5s, from 100ms
          seed=x                  | seed=x is not allowed; seed is a whole number
          slo=p99.lastDelivery    | p99.lastDelivery
          store=mongo             | store=mongo is not allowed; store is dynamodb or redis
          redis=localhost         | redis=localhost is not allowed; redis is redis://host:port
          variants=store=redis,model=aws | model=aws has no latencies of a Redis; use store=dynamodb
          redis=redis://r:6379    | redis=redis://r:6379 is used with store=redis only.
          broadcast=loud          | broadcast=loud is not allowed; broadcast is serial, parallel, workers or
          registry=hot            | registry=hot is not allowed; registry is sharded, hot-item or scan
          cleanup=off             | cleanup=off is not allowed; cleanup is none, on-gone or abort
          client=new              | client=new is not allowed; client is shared or per-message
          integration=soap        | integration=soap is not allowed; integration is lambda-proxy, lambda, http-proxy
          staleGrace=1500ms       | staleGrace=1500ms is not allowed; staleGrace is whole seconds
          staleGrace=3h           | staleGrace is whole seconds from 0s to 2h
          stale=0.6               | stale=0.6 is not allowed; stale is a share from 0 to 0.5
          stale=0.1               | stale=0.1 is of the serverless target only
          variants=serial         | variants has "serial", which sets none of store, broadcast,
          variants=rate=5         | variants has "rate=5", which sets none of
          variants=registry=hot   | registry=hot is not allowed
          variants=standard;standard | a list in which no target stands twice
          postConcurrency=0       | postConcurrency=0 is not allowed
          model=magic             | model=magic is not allowed; model is none, aws (assumed
          signatures=no           | signatures=no is not allowed; signatures is on or off
          quotas=accountPerSecond | quotas=accountPerSecond is not allowed; quotas is a list such as
          post=soon               | post=soon is not allowed; post is none or a time from 1us to 10s
          post=11s                | post=11s is not allowed
          variants=post=5ms       | post=5ms scales a model's posts; say model=aws too.
          sign=hmac               | sign=hmac is not allowed; sign is none or iam
          maxDeliveries=-1        | maxDeliveries=-1 is not allowed
          live=maybe              | live=maybe is not allowed; live is off, on (any free port of 127.0.0.1)
          live=70000              | live=70000 is not allowed; live is off, on (any free port
          pin=on                  | pin=on is not allowed; pin is auto or off
          deflate=yes             | deflate=yes is not allowed; deflate is on or off (connects offer permessage-deflate; netty agrees to it)
          prices=nowhere.json     | is not allowed; prices is a file that can be read
          rooms=3                 | rooms=3 does not divide subscribers=1 evenly.
          header.Bad Name=x       | header.Bad Name=x is not allowed
          """)
  void aBadValueIsAnsweredByOneSentence(String option, String sentence) {
    BadOption bad = assertThrows(BadOption.class, () -> read(ALL, option));

    assertTrue(bad.getMessage().contains(sentence), bad.getMessage());
    assertFalse(bad.getMessage().contains("\n"), bad.getMessage());
  }

  @Test
  void aWorkloadFileOfOnesOwn(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"),
            """
            warmUp = 0s, drain = 1s, payloadBytes = 64, arrivals = constant, seed = 1
            fanout = [ { subscribers = 2, count = 30, rate = 30 } ]
            """);

    Options options = read(FANOUT, "workload=" + file);

    assertEquals("mine", options.workload().name());
    assertEquals(30, options.workload().phases().get(0).count());
  }

  @Test
  void anUnknownKeyInAWorkloadFileNamesTheFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("mine.conf"), "fanout = [ { subscribes = 2, count = 3, rate = 3 } ]");

    BadOption bad = assertThrows(BadOption.class, () -> read(FANOUT, "workload=" + file));

    assertEquals(
        "mine.conf: fanout.subscribes is not a known key; known are churn, count, outage, parts, rate, rooms, slow, subscribers.",
        bad.getMessage());
  }

  private static Options read(Set<PhaseKind> kinds, String... options) {
    Properties properties = new Properties();
    properties.setProperty("java.version", "ignored");
    for (String option : options) {
      int equals = option.indexOf('=');
      properties.setProperty(
          "fanbench." + option.substring(0, equals), option.substring(equals + 1));
    }
    properties.setProperty("fanbench.home", "..");
    return OptionsReader.read(properties, kinds, "default");
  }

  private static List<Phase> measured(Options options) {
    return options.workload().phases().stream().filter(p -> !p.warmUp()).toList();
  }

  private static Phase phase(Options options, String name) {
    return options.workload().phases().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
