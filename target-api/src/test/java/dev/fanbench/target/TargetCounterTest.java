package dev.fanbench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetCounterTest {

  @Test
  void gaugesAreDeclared() {
    assertTrue(TargetCounter.isGauge("lambda.inProgress"));
    assertTrue(TargetCounter.isGauge("model.post.smallestNanos"));
    assertTrue(TargetCounter.isGauge("redis.usedBytes"));
    assertFalse(TargetCounter.isGauge("redis.sadd"));
    assertFalse(TargetCounter.isGauge("frames.received"));
  }

  @Test
  void namesOfAFamilyAreFound() {
    assertEquals(Optional.of(TargetCounter.REDIS_CALLS), TargetCounter.of("redis.config.get"));
    assertEquals(Optional.of(TargetCounter.QUOTA_HITS), TargetCounter.of("quota.frameBytes"));
    assertEquals(Optional.of(TargetCounter.MODEL_DRAWS), TargetCounter.of("model.invoke.draws"));
  }

  @Test
  void counterOfAnotherServerIsATotal() {
    assertEquals(Optional.empty(), TargetCounter.of("theirs.openBytes"));
    assertFalse(TargetCounter.isGauge("theirs.openBytes"));
  }

  @Test
  void figuresOfEachProcessAreDeclared() {
    new JvmUsage()
        .read()
        .keySet()
        .forEach(name -> assertTrue(TargetCounter.of(name).isPresent(), name));
  }

  @Test
  void partOfAKeyIsReadBack() {
    assertEquals("post", TargetCounter.MODEL_SMALLEST.part("model.post.smallestNanos"));
    assertEquals("a.b", TargetCounter.QUOTA_HITS.part(TargetCounter.QUOTA_HITS.key("a.b")));
  }
}
