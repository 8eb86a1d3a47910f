package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReachedLimitTest {

  @Test
  void anyQuotaThatWasHitIsNamed() {
    Map<String, Double> counters =
        new TreeMap<>(
            Map.of(
                "quota.accountPerSecond", 1_234.0,
                "quota.patience", 1.0,
                "quota.untouched", 0.0,
                "aws.messages", 9_999.0));
    assertEquals(
        List.of(
            "Quotas of AWS that the emulator enforces bound serverless (times hit:"
                + " accountPerSecond 1,234, patience 1). The requests refused for them tell of the"
                + " account, not of the design."),
        ReachedLimit.reached("serverless", counters));
  }

  @Test
  void localCapIsThisMachines() {
    assertEquals(
        List.of(
            "Calls of serverless waited 7 times for one of this machine's function environments:"
                + " that part of its times is the local cap's, not the design's."),
        ReachedLimit.reached("serverless", Map.of("lambda.capReached", 7.0)));
  }

  @Test
  void nothingIsSaidWhereNothingBound() {
    assertEquals(
        List.of(),
        ReachedLimit.reached("netty", Map.of("frames.received", 3.0, "lambda.capReached", 0.0)));
  }
}
