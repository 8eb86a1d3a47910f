package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.record.PhaseRecorder;
import dev.fanbench.measurement.workload.PhaseShare;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntConsumer;

/**
 * Members of one room that send nothing. An arrival only marks that its moment has passed, so that
 * a block of silence has a length like any other block.
 */
final class SilentDriver implements ArrivalDriver {
  private final Fleet fleet;
  private final NanoClock clock;
  private final SlotMap slotMap;

  SilentDriver(PhaseShare share, Fleet fleet, String tag, NanoClock clock) {
    this.fleet = fleet;
    this.clock = clock;
    this.slotMap =
        new SlotMap(ClientSlot.subscribers(share.own().subscribers(), RoomNaming.of(share, tag)));
  }

  @Override
  public List<String> prepare(IntConsumer progress) {
    return slotMap.fill(fleet, progress);
  }

  @Override
  public SlotMap slotMap() {
    return slotMap;
  }

  @Override
  public ScheduledExecutorService executor(int n) {
    return fleet.executor(0);
  }

  @Override
  public void arrive(int n, PhaseRecorder recorder) {
    recorder.sent(n, clock.nanoTime());
  }

  @Override
  public int publishers() {
    return 1;
  }
}
