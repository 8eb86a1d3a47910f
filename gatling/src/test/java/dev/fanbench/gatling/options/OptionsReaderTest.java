package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.ALL;
import static dev.fanbench.gatling.options.Typed.labels;
import static dev.fanbench.gatling.options.Typed.measured;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {

  @Test
  void theDefaultsMeasureBothTargetsAndTheFloor() {
    Options options = read(ALL, "floor=on");

    assertEquals(List.of("floor", "netty", "serverless", "serverless-aws"), labels(options));
    assertEquals(
        List.of("connect", "echo", "chat", "fanout-1", "fanout-10", "fanout-100", "fanout-1000"),
        measured(options).stream().map(Phase::name).toList());
    assertEquals(
        12.0,
        options.workload().phases().stream()
            .filter(Phase::warmUp)
            .mapToDouble(Phase::seconds)
            .sum(),
        0.5);
    assertEquals(1 / 3.0, options.leastWarmUp(), 1e-9);
  }

  @Test
  void theCommandLineWinsOverTheFile() {
    Options options =
        read(ALL, "workload=quick", "arrivals=poisson", "payloadBytes=256", "seed=7", "floor=off");

    assertEquals(ArrivalProcess.POISSON, options.workload().arrivals());
    assertEquals(256, options.workload().payloadBytes());
    assertEquals(7, options.workload().seed());
    assertEquals("quick", options.workload().name());
    assertEquals(List.of("netty", "serverless"), labels(options));
  }

  @Test
  void aRunIsShownOnThePortThatIsAskedFor() {
    assertEquals(OptionalInt.empty(), read(ALL).get(OptionCatalog.LIVE));
    assertEquals(OptionalInt.of(0), read(ALL, "live=on").get(OptionCatalog.LIVE));
    assertEquals(OptionalInt.of(0), read(ALL, "live=0").get(OptionCatalog.LIVE));
    assertEquals(OptionalInt.of(8080), read(ALL, "live=8080").get(OptionCatalog.LIVE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          auth=basic              | auth=basic is not allowed; auth takes none or jwt
          dialect=socket.io       | dialect=socket.io is not allowed; dialect takes actioncable, appsync
          dialect=plain           | dialect=plain is for targets by URL; a server in servers/ names
          trust=any               | trust=any is for wss:// targets, and there is none.
          subscriber=5            | subscriber is not a known key. Did you mean subscribers? Known are target,
          target=nety             | target=nety is not allowed; target takes aws-chat-sample, chat-node, chat-python, durable-object, floor, graphql-ws
          target=ws://            | target=ws:// is not allowed; target takes a URL such as
          target=netty,netty      | a list in which no target stands twice
          workload=deflaut        | workload=deflaut is not allowed; workload takes one of
          subscribers=0           | subscribers=0 is not allowed; subscribers takes a room size from 1
          subscribers=ten         | subscribers=ten is not allowed
          rate=0                  | rate=0 is not allowed; rate takes arrivals per second, over 0
          rate=fast               | rate=fast is not allowed
          duration=soon           | duration=soon is not allowed; duration takes a time such as 30s
          duration=1000d          | a phase has 1 to
          arrivals=bursts         | arrivals=bursts is not allowed; arrivals takes constant, poisson or burst:SIZE
          payloadBytes=38         | payloadBytes=38 is not allowed; payloadBytes takes bytes of published
          warmUp=-1s              | warmUp=-1s is not allowed
          drain=0s                | drain=0s is not allowed; drain takes a time such as 5s, from 100ms
          seed=x                  | seed=x is not allowed; seed takes a whole number
          slo=p99.lastDelivery    | p99.lastDelivery
          store=mongo             | store=mongo is not allowed; store takes dynamodb or redis
          redis=localhost         | redis=localhost is not allowed; redis takes redis://host:port, without a user and without _ in host
          redis=redis://:secret@my_redis:1 | redis=…@my_redis:1 is not allowed
          target=ws://ada:secret@host:1/x | target=…@host:1/x is not allowed; target takes a URL such as
          target=wss:///?token=secret | target=wss:///?… is not allowed
          variants=store=redis,model=aws | model=aws has no latencies of a Redis; use store=dynamodb
          redis=redis://r:6379    | redis=redis://r:6379 is used with store=redis only.
          broadcast=loud          | broadcast=loud is not allowed; broadcast takes serial, parallel, workers or
          registry=hot            | registry=hot is not allowed; registry takes sharded, packed, hot-item or scan
          cleanup=off             | cleanup=off is not allowed; cleanup takes none, on-gone or abort
          client=new              | client=new is not allowed; client takes shared or per-message
          integration=soap        | integration=soap is not allowed; integration takes lambda-proxy, lambda, http-proxy
          staleGrace=1500ms       | staleGrace=1500ms is not allowed; staleGrace takes whole seconds
          staleGrace=3h           | staleGrace takes whole seconds from 0s to 2h
          stale=0.6               | stale=0.6 is not allowed; stale takes a share from 0 to 0.5
          stale=0.1               | stale=0.1 is of the serverless target only
          variants=serial         | variants has "serial", which sets none of stale, model, post, signatures, isolation, store,
          variants=rate=5         | variants has "rate=5", which sets none of
          variants=registry=hot   | registry=hot is not allowed
          variants=standard;standard | a list in which no target stands twice
          postConcurrency=0       | postConcurrency=0 is not allowed
          model=magic             | model=magic is not allowed; model takes none, aws (assumed
          signatures=no           | signatures=no is not allowed; signatures takes on or off
          quotas=accountPerSecond | quotas=accountPerSecond is not allowed; quotas takes a list such as
          post=soon               | post=soon is not allowed; post takes none or a time from 1us to 10s
          post=11s                | post=11s is not allowed
          variants=post=5ms       | post=5ms scales a model's posts; say model=aws too.
          sign=hmac               | sign=hmac is not allowed; sign takes none or iam
          maxDeliveries=-1        | maxDeliveries=-1 is not allowed
          live=maybe              | live=maybe is not allowed; live takes off, on (any free port of 127.0.0.1)
          live=70000              | live=70000 is not allowed; live takes off, on (any free port
          pin=on                  | pin=on is not allowed; pin takes auto or off
          deflate=yes             | deflate=yes is not allowed; deflate takes on or off
          prices=nowhere.json     | is not allowed; prices takes a file that can be read
          rooms=3                 | rooms=3 does not divide subscribers=1 evenly.
          header.Bad Name=x       | header.Bad Name is not allowed; header. takes an HTTP field name
          """)
  void aBadValueIsAnsweredByOneSentence(String option, String sentence) {
    BadOption bad = assertThrows(BadOption.class, () -> read(ALL, option));

    assertTrue(bad.getMessage().contains(sentence), bad.getMessage());
    assertFalse(bad.getMessage().contains("\n"), bad.getMessage());
  }
}
