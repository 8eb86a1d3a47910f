package dev.fanbench.gatling.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.protocol.contract.RawSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a server of your own, {@code servers/node}. */
class NodeServerTest {

  /** A masked text of one byte has 7 bytes, and a Close without a code has 6. */
  @Test
  void theShortestFramesAreAnsweredAtOnce(@TempDir Path directory) throws Exception {
    Options options =
        ExperimentInTest.options(
            directory, "node", "fanout = [ { subscribers = 2, count = 20, rate = 50 } ]");
    TargetChoice.Started choice = TargetChoice.named(options.home(), "node");
    try (Target target = Target.start(choice, options, Pinning.off("test"));
        RawSocket client = RawSocket.connect(target.url())) {
      client.text("x");
      assertEquals("x", client.next().text());
      client.frame(RawSocket.CLOSE, true, new byte[0]);
      assertEquals(1005, client.closeCode());
      assertTrue(client.isAtEnd());
    }
  }
}
