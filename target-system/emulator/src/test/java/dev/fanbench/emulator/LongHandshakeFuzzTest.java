package dev.fanbench.emulator;

import org.junit.jupiter.api.Tag;

/** As many handshakes as the in-memory server gets. */
@Tag("soak")
class LongHandshakeFuzzTest extends HandshakeFuzzTest {
  @Override
  public int handshakes() {
    return MOST_HANDSHAKES;
  }
}
