package dev.fanbench.gatling.command;

import dev.fanbench.measurement.run.RecordedRun;
import java.io.IOException;
import java.util.List;

/** Measures both sides of {@code ab} next to each other, again and again. */
interface PairSource {

  /**
   * Measures a pair.
   *
   * @param number of the pair, from 1; odd ones begin with A, even ones with B
   * @param told called with each measured step
   * @throws IOException when no run came of a step
   */
  void measure(int number, StepListener told) throws IOException, InterruptedException;

  /** Follows the steps of a pair. */
  interface StepListener {
    /** A step begins; the text says which. */
    void begins(String step);

    /**
     * A step has ended.
     *
     * @return whether it is measured once more
     */
    boolean ended(List<RecordedRun> runs);
  }
}
