package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignCountTest {
  private final ForeignCount count = new ForeignCount(List.of(), 3);

  @Test
  void whileTheNumberIsNotKnownAsManyAreExpectedAsCame() {
    assertEquals(5, count.expected(5));
    assertEquals(0, count.delivered());
    assertTrue(count.settled());
  }

  @Test
  void eachPublicationIsExpectedAtAllMembersHere() {
    count.sent(2);
    assertEquals(6, count.expected(5));
    assertFalse(count.settled());
    count.sent(0);
    assertEquals(0, count.expected(0));
    assertTrue(count.settled());
  }

  @Test
  void whenOthersSendAgainTheNumberIsNotKnown() {
    count.sent(2);
    count.forget();
    assertEquals(5, count.expected(5));
    assertTrue(count.settled());
  }
}
