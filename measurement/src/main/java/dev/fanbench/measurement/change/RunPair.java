package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import java.util.Optional;

/**
 * Two runs that were neighbours in time.
 *
 * @param base the run of the first side
 * @param now the run of the second side
 * @param baseFloor the floor that is measured beside the first one; empty when there is none
 * @param nowFloor the floor that is measured beside the second one; empty when there is none
 */
record RunPair(
    RecordedRun base,
    RecordedRun now,
    Optional<RecordedRun> baseFloor,
    Optional<RecordedRun> nowFloor) {}
