package dev.fanbench.baseline;

import dev.fanbench.baseline.chat.History;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.fuzz.Churn;
import dev.fanbench.protocol.idle.TargetProcess;
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten minutes of clients that come and die, at the in-memory server. */
@Tag("soak")
class ChurnTest {
  private static final int PER_SECOND = 200;

  @Test
  void levelsStayFlat() throws Exception {
    try (TargetProcess target = TargetProcess.start(NettyTarget.class, "256m")) {
      fillHistories(target.ready().url());
      new Churn(target, PER_SECOND, () -> 0L).run();
    }
  }

  /** Each room keeps its last utterances; without these, levels rise until all rooms are full. */
  private static void fillHistories(URI url) {
    try (ChatClient talker = ChatClient.connect(url)) {
      for (String room : Churn.rooms()) {
        talker.join(room);
        for (int i = 0; i < History.CAPACITY; i++) {
          talker.send("words " + (Integer.MAX_VALUE - i));
        }
        talker.expectNothing();
      }
    }
  }
}
