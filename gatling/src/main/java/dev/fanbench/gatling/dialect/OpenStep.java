package dev.fanbench.gatling.dialect;

import java.util.Map;
import java.util.regex.Pattern;

/** One step between the opening handshake and the first join. */
public sealed interface OpenStep {

  /** The client sends a frame. */
  record Send(FrameSource frame) implements OpenStep {}

  /**
   * The client waits for a frame.
   *
   * @param match the condition that the frame meets
   * @param captures texts to keep, by the name they have in <code>${seen:NAME}</code>: the first
   *     group of the expression, or all of its match
   */
  record Expect(FrameMatch match, Map<String, Pattern> captures) implements OpenStep {
    public Expect {
      captures = Map.copyOf(captures);
    }
  }
}
