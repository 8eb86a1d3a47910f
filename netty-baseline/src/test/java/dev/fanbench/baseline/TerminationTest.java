package dev.fanbench.baseline;

import dev.fanbench.protocol.idle.TargetProcess;
import dev.fanbench.protocol.idle.TerminationContract;
import java.io.IOException;

class TerminationTest extends TerminationContract {

  @Override
  protected TargetProcess start() throws IOException {
    return TargetProcess.start(NettyTarget.class, "128m");
  }
}
