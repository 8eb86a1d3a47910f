package dev.fanbench.protocol.contract;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.Action;
import dev.fanbench.protocol.Command;
import dev.fanbench.protocol.Envelope;
import dev.fanbench.protocol.Frame;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The random frames are of every kind that there is. */
class RandomFramesTest {
  private static final List<Class<?>> KINDS =
      List.of(
          Frame.Blank.class,
          Frame.ChatText.class,
          Frame.Malformed.class,
          Command.Name.class,
          Command.Channel.class,
          Command.Help.class,
          Action.FetchChannels.class,
          Action.Rpc.class,
          Action.Broadcast.class,
          Envelope.class);

  @Test
  void everyKindOfTextComesOften() {
    RandomFrames frames = new RandomFrames(20_261_121);
    Map<Class<?>, Long> counts =
        Stream.generate(frames::text)
            .limit(FuzzContract.FUZZ_FRAMES)
            .collect(groupingBy(text -> Frame.classify(text).getClass(), counting()));
    for (Class<?> kind : KINDS) {
      assertTrue(counts.getOrDefault(kind, 0L) >= 20, () -> kind + " is rare in " + counts);
    }
  }
}
