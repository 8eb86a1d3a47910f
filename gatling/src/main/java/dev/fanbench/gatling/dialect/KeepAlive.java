package dev.fanbench.gatling.dialect;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Frames that keep a connection open. WebSocket's own pings are answered anyway. Immutable.
 *
 * @param every the time between two frames that the client sends
 * @param send the frame; empty when the client sends none by itself
 * @param answers frames of the server that are expected, most of which are answered
 */
public record KeepAlive(Duration every, Optional<FrameSource> send, List<Answer> answers) {

  /** A server that needs nothing. */
  public static final KeepAlive NONE = new KeepAlive(Duration.ZERO, Optional.empty(), List.of());

  public KeepAlive {
    answers = List.copyOf(answers);
  }

  /** The answers to frames that may hold publications as well. */
  public List<Answer> batchedAnswers() {
    return answers.stream().filter(Answer::batched).toList();
  }

  /**
   * The answer to a frame that is expected, and so is no frame of another kind.
   *
   * @param expect the condition that the server's frame meets
   * @param captures texts to keep for the answer, by the name they have in <code>${seen:NAME}
   *     </code>, as in {@link OpenStep.Expect}
   * @param send the client's answer; empty where there is none
   * @param batched whether such a frame may hold publications as well, so that each delivery is
   *     searched for it
   */
  public record Answer(
      FrameMatch expect,
      Map<String, Pattern> captures,
      Optional<FrameSource> send,
      boolean batched) {
    public Answer {
      captures = Map.copyOf(captures);
    }
  }
}
