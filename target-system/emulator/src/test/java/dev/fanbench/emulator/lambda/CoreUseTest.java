package dev.fanbench.emulator.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.emulator.lambda.CoreUse.OfThisProcess;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cores are busy when the process can get no more of them, pinned or not. */
class CoreUseTest {
  @ParameterizedTest(name = "{0} of {1} cores, machine {2}: {3}")
  @CsvSource({
    // Pinned to one core of two, beside a load that leaves the other one idle.
    "0.80, 1, 0.45, true",
    "0.80, 2, 0.45, false",
    "1.60, 2, 0.80, true",
    // Others keep the machine busy, and this process hardly runs.
    "0.20, 2, 0.95, false",
    "0.60, 2, 0.95, true",
    // A machine whose load is not known yet.
    "0.20, 2, -1.0, false",
    "1.60, 2, -1.0, true",
  })
  void coresAreBusyWhenThisProcessCanGetNoMore(
      double own, int available, double machineShare, boolean busy) {
    assertEquals(busy, OfThisProcess.areBusy(own, available, machineShare));
  }
}
