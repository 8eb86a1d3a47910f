package dev.fanbench.emulator;

import dev.fanbench.protocol.idle.TargetProcess;
import dev.fanbench.protocol.idle.TerminationContract;
import java.io.IOException;

class TerminationTest extends TerminationContract {

  /** With latencies, so that messages wait for their function and for posts when it is stopped. */
  @Override
  protected TargetProcess start() throws IOException {
    return TargetProcess.start(ServerlessTarget.class, "384m", "--model", "aws", "--post", "50");
  }
}
