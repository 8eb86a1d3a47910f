package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import org.junit.jupiter.api.Test;

class ArrivalMemoryTest {
  private static final long HEAP_BYTES = 1_000_000_000;
  private static final long TWENTY_HOURS_AT_100 = 20 * 3_600 * 100;

  @Test
  void twentyHoursAtAHundredASecondFitIntoTheHeapOfTheLoad() {
    assertDoesNotThrow(() -> ArrivalMemory.require(TWENTY_HOURS_AT_100, HEAP_BYTES));
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheMaximum() {
    String said =
        assertThrows(
                BadOption.class, () -> ArrivalMemory.require(2 * TWENTY_HOURS_AT_100, HEAP_BYTES))
            .getMessage();
    assertTrue(
        said.startsWith(
            "The workload makes 14,400,000 arrivals at all targets together, and a heap of "),
        said);
    assertTrue(said.contains(" has room for 9,615,384. Give a shorter duration"), said);
  }
}
