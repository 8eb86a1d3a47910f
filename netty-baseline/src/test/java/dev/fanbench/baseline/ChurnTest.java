package dev.fanbench.baseline;

import dev.fanbench.protocol.fuzz.Churn;
import dev.fanbench.protocol.idle.TargetProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten minutes of clients that come and die, at the in-memory server. */
@Tag("soak")
class ChurnTest {
  private static final int PER_SECOND = 200;

  @Test
  void levelsStayFlat() throws Exception {
    try (TargetProcess target = TargetProcess.start(NettyTarget.class, "256m")) {
      new Churn(target, PER_SECOND, () -> 0L).run();
    }
  }
}
