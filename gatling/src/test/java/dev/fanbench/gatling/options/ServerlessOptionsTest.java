package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.ALL;
import static dev.fanbench.gatling.options.Typed.FANOUT;
import static dev.fanbench.gatling.options.Typed.labels;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of the serverless target: variants, models and stores. */
class ServerlessOptionsTest {

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
  void serverlessIsMeasuredOnceForEachModelThatItsStoreHasLatenciesOf() {
    Options three = read(ALL);
    assertEquals(List.of("netty", "serverless", "serverless-aws"), labels(three));
    assertEquals("none", three.serverless(three.targets().get(1)).get("model"));
    assertEquals("aws", three.serverless(three.targets().get(2)).get("model"));
    assertEquals(List.of("netty", "serverless"), labels(read(ALL, "model=aws")));
    assertEquals(List.of("netty", "serverless"), labels(read(ALL, "store=redis")));
    assertEquals(List.of("netty", "standard"), labels(read(ALL, "variants=standard")));
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
  void storeOfTheServerlessTarget() {
    TargetChoice serverless = TargetChoice.named(Path.of(".."), "serverless");
    assertEquals("dynamodb", read(ALL).serverless(serverless).get("store"));
    Options own = read(ALL, "store=redis", "redis=redis://127.0.0.1:6379");
    assertEquals("redis", own.serverless(serverless).get("store"));
    assertEquals("redis://127.0.0.1:6379", own.serverless(serverless).get("redis"));
  }
}
