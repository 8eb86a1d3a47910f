package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.Usage;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BlockMeasureTest {

  private static final long SECOND = 1_000_000_000L;

  private static final Usage TARGET =
      new Usage(
          Map.of("loops", 2 * SECOND, "jit", SECOND),
          0,
          4 * SECOND,
          "schedstat",
          Map.of("gc.millis", 100.0, "process.residentBytes", 5e8));

  @Test
  void eachMeasureIsOfTheBlockAlone() {
    BlockResult block = new BlockResult(8, 8, 10 * SECOND, 12 * SECOND, 8_000, TARGET, null);
    assertEquals(OptionalDouble.of(4_000), BlockMeasure.DELIVERIES.of(block));
    assertEquals(OptionalDouble.of(0.75), BlockMeasure.CPU.of(block));
    assertEquals(OptionalDouble.of(5e8), BlockMeasure.MEMORY.of(block));
    assertEquals(OptionalDouble.of(0.025), BlockMeasure.COLLECTION.of(block));
  }

  @Test
  void aTargetElsewhereHasItsDeliveriesOnly() {
    BlockResult block = new BlockResult(0, 8, 0, SECOND, 800, null, null);
    assertEquals(OptionalDouble.of(800), BlockMeasure.DELIVERIES.of(block));
    for (BlockMeasure measure : BlockMeasure.values()) {
      assertEquals(measure == BlockMeasure.DELIVERIES, measure.of(block).isPresent());
    }
  }
}
