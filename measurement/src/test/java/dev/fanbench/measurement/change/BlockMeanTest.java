package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BlockMeanTest {

  @Test
  void intervalIsStudentsTimesTheStandardError() {
    BlockMean mean = BlockMean.of(new double[] {9, 10, 11}).orElseThrow();

    assertEquals(10, mean.value());
    // t of 2 degrees at 99 % is 9.925, and the standard error is 1 ÷ √3.
    assertEquals(10 - 5.730, mean.low(), 0.001);
    assertEquals(10 + 5.730, mean.high(), 0.001);
  }

  @Test
  void twoBlocksSayNothingOfTheirScatter() {
    assertEquals(Optional.empty(), BlockMean.of(new double[] {9, 10}));
  }
}
