package dev.fanbench.emulator.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.AwsChecklist;
import dev.fanbench.emulator.SettableClock;
import dev.fanbench.emulator.Shows;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuotaCheckTest {
  private final SettableClock clock = new SettableClock();
  private final QuotaCheck standard = new QuotaCheck(QuotaSet.standard(), clock);

  @Test
  @Shows(AwsChecklist.RATES)
  void accountHas5000AtOnceAnd10000ASecond() {
    TokenBucket account = standard.bucket(Quota.ACCOUNT_PER_SECOND, Quota.ACCOUNT_BURST);
    assertEquals(5_000, takeAll(account));
    clock.pass(Duration.ofMillis(100));
    assertEquals(1_000, takeAll(account));
    clock.pass(Duration.ofHours(1));
    assertEquals(5_000, takeAll(account));
  }

  @Test
  @Shows(AwsChecklist.RATES)
  void accountHas500NewConnectionsASecond() {
    TokenBucket connects = standard.bucket(Quota.CONNECTS_PER_SECOND, Quota.CONNECT_BURST);
    assertEquals(500, takeAll(connects));
    clock.pass(Duration.ofMillis(10));
    assertEquals(5, takeAll(connects));
  }

  @Test
  void functionHas1000EnvironmentsInTenSeconds() {
    TokenBucket scaling = standard.bucketOfTenSeconds(Quota.ENVIRONMENTS_PER_TEN_SECONDS);
    assertEquals(1_000, takeAll(scaling));
    clock.pass(Duration.ofSeconds(1));
    assertEquals(100, takeAll(scaling));
  }

  @Test
  void bucketGivesCreditToWhoKnowsLater() {
    TokenBucket bucket = new TokenBucket(10, 10, clock);
    assertTrue(bucket.hasAny());
    bucket.take(25);
    clock.pass(Duration.ofMillis(1_500));
    assertFalse(bucket.hasAny());
    clock.pass(Duration.ofMillis(100));
    assertTrue(bucket.hasAny());
    assertTrue(bucket.tryTake());
    assertFalse(bucket.tryTake());
  }

  @Test
  void clockThatIsSetBackTakesNothingAway() {
    TokenBucket bucket = new TokenBucket(1, 2, clock);
    assertTrue(bucket.tryTake());
    clock.pass(Duration.ofHours(-1));
    assertTrue(bucket.tryTake());
    assertFalse(bucket.tryTake());
    clock.pass(Duration.ofSeconds(1));
    assertTrue(bucket.tryTake());
  }

  @Test
  void onlyQuotasThatWereHitAreCounted() {
    QuotaCheck check = new QuotaCheck(QuotaSet.standard().with(Quota.POST_BYTES, 10), clock);
    assertTrue(check.allows(Quota.POST_BYTES, 10));
    assertFalse(check.allows(Quota.POST_BYTES, 11));
    check.hit(Quota.AGE_SECONDS);
    check.hit(Quota.AGE_SECONDS);
    Map<String, Long> counters = new TreeMap<>();
    check.putCounters(counters);
    assertEquals(Map.of("quota.postBytes", 1L, "quota.ageSeconds", 2L), counters);
  }

  @Test
  void valuesAreReadByName() {
    QuotaSet quotas = QuotaSet.of(Map.of("concurrency", 7L));
    assertEquals(7, quotas.of(Quota.CONCURRENCY));
    assertEquals(29_000, quotas.of(Quota.INTEGRATION_MILLIS));
    assertTrue(refusal(Map.of("patience", 1L)).startsWith("there is no quota patience; there are"));
    assertTrue(refusal(Map.of("itemBytes", 1L)).endsWith("cannot be set"));
    assertEquals(
        "--quota postBytes=0 is not allowed; postBytes takes 1 to 2147483647",
        refusal(Map.of("postBytes", 0L)));
  }

  private static String refusal(Map<String, Long> values) {
    return assertThrows(IllegalArgumentException.class, () -> QuotaSet.of(values)).getMessage();
  }

  private static int takeAll(TokenBucket bucket) {
    int taken = 0;
    while (bucket.tryTake()) {
      taken++;
    }
    return taken;
  }
}
