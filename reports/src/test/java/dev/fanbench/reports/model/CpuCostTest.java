package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunFinder;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only valid runs enter ratios, the floor among them. */
class CpuCostTest {
  private final List<RecordedRun> published = published();
  private final RecordedRun netty =
      published.stream()
          .filter(run -> run.run().target().label().equals("netty"))
          .findFirst()
          .orElseThrow();
  private final RecordedRun floor = floor(true);

  CpuCostTest() throws IOException {}

  private static List<RecordedRun> published() throws IOException {
    List<RecordedRun> runs = new ArrayList<>();
    for (Path run : RunFinder.find(List.of(Path.of("published"))).runs()) {
      runs.add(RunReader.read(run));
    }
    return runs;
  }

  private RecordedRun floor(boolean inTurns) {
    return published.stream()
        .filter(run -> run.run().target().kind().equals(ReportedRun.FLOOR))
        .filter(run -> run.run().tookTurnsWith(netty.run()) == inTurns)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aFloorThatTookTurnsIsDividedBy() {
    assertTrue(overFloor(netty, floor).stream().allMatch(Ratio::known));
  }

  /** Another floor would have been measured at some other time, so none takes its place. */
  @Test
  void noRatioIsTakenToAFloorThatIsNotValid() {
    assertNoRatio(overFloor(netty, Runs.invalid(floor)));
    assertNoRatio(overFloor(netty, floor(false), Runs.invalid(floor)));
  }

  @Test
  void noRatioIsTakenOfARunThatIsNotValid() {
    assertNoRatio(overFloor(Runs.invalid(netty), floor));
  }

  private static void assertNoRatio(List<Ratio> ratios) {
    assertTrue(!ratios.isEmpty());
    ratios.forEach(ratio -> assertEquals(Ratio.NONE, ratio));
  }

  private static List<Ratio> overFloor(RecordedRun... runs) {
    return ReportModel.of(List.of(runs), PriceList.shipped()).cpu().stream()
        .filter(cost -> !cost.entry().reference())
        .map(CpuCost::overFloor)
        .toList();
  }
}
