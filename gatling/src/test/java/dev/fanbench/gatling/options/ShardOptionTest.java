package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.FANOUT;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import dev.fanbench.measurement.workload.Shard;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ShardOptionTest {
  private static final String URL = "target=ws://127.0.0.1:9000/dev";

  @Test
  void aShardOffersItsShare() {
    Options options =
        read(
            FANOUT,
            URL,
            "shard=1/4",
            "subscribers=40",
            "rate=10",
            "duration=10s",
            "warmUp=0s",
            "warmUpLimit=0s");

    assertEquals(new Shard(1, 4), options.shard());
    assertEquals(10, options.workload().phases().get(0).subscribers());
    assertEquals(25, options.workload().phases().get(0).count());
    assertEquals(40, options.offered().whole().phases().get(0).subscribers());
    assertEquals("user-5", options.identities().of(1).user());
    assertEquals("127.0.0.1:7411", options.peers().toString());
  }

  /** It sees its own samples only, and the thresholds are those of all. */
  @Test
  void aShardIsNotEndedByAThreshold() {
    assertEquals(
        "abortOn=slo cannot be with shard=1/4, as thresholds are judged when all shards have ended.",
        assertThrows(
                BadOption.class,
                () -> read(FANOUT, URL, "shard=1/4", "subscribers=40", "abortOn=slo"))
            .getMessage());
  }

  @Test
  void withoutTheOptionOneProcessOffersAll() {
    assertEquals(Shard.ALONE, read(FANOUT, URL).shard());
    assertEquals(Shard.ALONE, shard("", Map.of("JOB_COMPLETION_INDEX", "1")));
  }

  @Test
  void anArrayJobTellsEachProcessItsNumber() {
    String peers = "peers=fanbench-0.fanbench";
    assertEquals(
        new Shard(2, 4), shard(peers, Map.of("JOB_COMPLETION_INDEX", "2", "JOB_COMPLETIONS", "4")));
    assertEquals(
        new Shard(0, 3),
        shard(peers, Map.of("AWS_BATCH_JOB_ARRAY_INDEX", "0", "AWS_BATCH_JOB_ARRAY_SIZE", "3")));
    assertEquals(
        new Shard(0, 5),
        shard(peers, Map.of("CI_NODE_INDEX", "1", "CI_NODE_TOTAL", "5")),
        "GitLab counts from 1");
    assertEquals(
        new Shard(1, 2),
        shard(peers + ", shard=1/2", Map.of("CI_NODE_INDEX", "1", "CI_NODE_TOTAL", "5")),
        "what is typed goes first");
  }

  @Test
  void halfAPairOrAMalformedOneIsSaid() {
    String peers = "peers=fanbench-0.fanbench";
    assertEquals(
        "JOB_COMPLETION_INDEX=1 is set and JOB_COMPLETIONS is not; set both, or give"
            + " shard=INDEX/COUNT.",
        refusal(peers, Map.of("JOB_COMPLETION_INDEX", "1")));
    assertEquals(
        "CI_NODE_INDEX=0 and CI_NODE_TOTAL=3 name no shard; the index counts from 1 and is at most"
            + " the count.",
        refusal(peers, Map.of("CI_NODE_INDEX", "0", "CI_NODE_TOTAL", "3")));
    assertEquals(
        "JOB_COMPLETION_INDEX=x and JOB_COMPLETIONS=3 name no shard; the index counts from 0 and is"
            + " below the count.",
        refusal(peers, Map.of("JOB_COMPLETION_INDEX", "x", "JOB_COMPLETIONS", "3")));
    assertEquals(
        "peers= is for shards; give shard=INDEX/COUNT, or run it as an array job.",
        refusal(peers, Map.of("CI_NODE_TOTAL", "1")));
  }

  @Test
  void shardsMeasureNoFloorUnlessItIsTyped() {
    Properties typed = new Properties();
    typed.setProperty("fanbench.home", "..");
    typed.setProperty("fanbench.target", "ws://127.0.0.1:9000/dev");
    typed.setProperty("fanbench.subscribers", "40");
    typed.setProperty("fanbench.shard", "0/2");
    assertEquals(1, OptionsReader.read(typed, FANOUT, "default").targets().size());
    typed.setProperty("fanbench.floor", "on");
    assertThrows(BadOption.class, () -> OptionsReader.read(typed, FANOUT, "default"));
  }

  @Test
  void everyShardHasAnArrivalInAWarmUp() {
    Options options =
        read(
            FANOUT,
            URL,
            "shard=7/8",
            "subscribers=40",
            "rate=1",
            "duration=60s",
            "warmUp=3s",
            "warmUpLimit=3s");
    assertEquals(1, options.workload().phases().get(0).count());
    assertEquals(8, options.offered().whole().phases().get(0).count());
  }

  @Test
  void valuesThatNameNoShardAreRefused() {
    for (String value : new String[] {"4/4", "0/0", "-1/4", "0/1001", "1", "a/b", "1/4/2"}) {
      assertEquals(
          "shard="
              + value
              + " is not allowed; shard takes INDEX/COUNT such as 0/4, with an index from 0 and"
              + " 1000 shards at most.",
          refused(URL, "shard=" + value));
    }
  }

  @Test
  void onlyTargetsByUrlAndPhasesThatAreLargeEnoughAreShared() {
    assertEquals(
        "shard=0/2 is for targets by URL, which all shards measure; fanbench starts none of them.",
        refused("target=netty", "shard=0/2"));
    assertEquals(
        "Phase fanout-3 has 1 rooms of 3, which is too few for 4 shards.",
        refused(URL, "shard=0/4", "subscribers=3", "warmUp=0s", "warmUpLimit=0s"));
  }

  private static String refused(String... options) {
    return assertThrows(BadOption.class, () -> read(FANOUT, options)).getMessage();
  }

  private static String refusal(String typed, Map<String, String> environment) {
    return assertThrows(BadOption.class, () -> shard(typed, environment)).getMessage();
  }

  private static Shard shard(String typed, Map<String, String> environment) {
    return ShardOption.shard(
        new OptionValueSet(ConfigFactory.parseString(typed)), environment::get);
  }
}
