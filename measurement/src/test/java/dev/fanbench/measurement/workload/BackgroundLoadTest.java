package dev.fanbench.measurement.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is beside a phase, and how that is put. */
class BackgroundLoadTest {

  @Test
  void nobodyIsNotMentioned() {
    assertFalse(BackgroundLoad.NONE.any());
    assertEquals("", BackgroundLoad.NONE.suffix());
    assertEquals("", BackgroundLoad.NONE.text());
    assertEquals(0, BackgroundLoad.NONE.membersBeside());
  }

  @Test
  void eachIsNamed() {
    BackgroundLoad all = new BackgroundLoad(20, 10, 50);

    assertTrue(all.any());
    assertEquals("-churn-20-slow-10-chatter-50", all.suffix());
    assertEquals(
        "20 come and go each second, 10 read nothing, 50 messages a second in rooms of 10 beside it",
        all.text());
    assertEquals(500, all.membersBeside());
    assertEquals(new BackgroundLoad(60, 30, 150), all.times(3));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0, churn=-1.0", "0, -1, 0, slow=-1.0", "0, 0, 10001, chatter=10001.0"})
  void whatIsOutOfBoundsIsNamed(double churn, int slow, double chatter, String named) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> new BackgroundLoad(churn, slow, chatter));
    assertEquals(named + " is not allowed, must be 0 to 10000", refused.getMessage());
  }
}
