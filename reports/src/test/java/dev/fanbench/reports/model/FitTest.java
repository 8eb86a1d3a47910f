package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FitTest {

  @Test
  void aStraightLineIsFoundExactly() {
    Fit fit =
        Fit.of(List.of(at(1, 1_050), at(10, 1_500), at(100, 6_000), at(1_000, 51_000)))
            .orElseThrow();
    assertEquals(1_000, fit.fixedNanos(), 1e-6);
    assertEquals(50, fit.perSubscriberNanos(), 1e-6);
    assertEquals(0, fit.worstResidual(), 1e-9);
    assertTrue(fit.describes());
  }

  @Test
  void smallRoomsWeighAsMuchAsLargeOnes() {
    Fit fit =
        Fit.of(List.of(at(1, 1_050), at(10, 1_500), at(100, 6_000), at(1_000, 70_000)))
            .orElseThrow();
    assertEquals(1_000, fit.fixedNanos(), 100);
  }

  @Test
  void aCurveIsNotPassedOffAsALine() {
    Fit fit = Fit.of(List.of(at(1, 100), at(10, 10_000), at(100, 1_000_000))).orElseThrow();
    assertFalse(fit.describes());
    assertTrue(fit.worstResidual() > Fit.TOLERANCE);
  }

  @Test
  void twoSizesAreTooFew() {
    assertTrue(Fit.of(List.of(at(1, 100), at(10, 200), at(10, 210))).isEmpty());
  }

  private static Fit.Point at(int fanOut, double nanos) {
    return new Fit.Point(fanOut, nanos);
  }
}
