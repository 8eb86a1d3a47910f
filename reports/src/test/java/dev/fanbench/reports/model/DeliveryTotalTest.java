package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DeliveryTotalTest {

  @Test
  void aRunOfConnectsAndRequestsSaysWhatBecameOfThem() {
    assertEquals("all 1,100 connects and requests answered", of(1_100, 1_100).text());
    assertEquals("1,099 of 1,100 connects and requests answered", of(1_100, 1_099).text());
    assertEquals("nothing was published", of(0, 0).text());
  }

  @Test
  void ofNothingPublishedNothingIsTicked() {
    assertEquals(Mark.UNKNOWN, Mark.of(of(0, 0)));
    assertEquals(Mark.GOOD, Mark.of(of(10, 10)));
    assertEquals(Mark.BAD, Mark.of(new DeliveryTotal(null, 10, 9, 1, 0, 0, 0, 0, 0, 0, 0, true)));
  }

  private static DeliveryTotal of(long asked, long answered) {
    return new DeliveryTotal(null, 0, 0, 0, 0, 0, 0, 0, 0, asked, answered, true);
  }
}
