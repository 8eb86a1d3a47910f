package dev.fanbench.emulator;

import org.junit.jupiter.api.Tag;

/** As many frames, and answers as long, as the in-memory server gets. */
@Tag("soak")
class LongFrameFuzzTest extends FrameFuzzTest {
  @Override
  public int rooms() {
    return MOST_ROOMS;
  }

  @Override
  public int steps() {
    return MOST_STEPS;
  }
}
