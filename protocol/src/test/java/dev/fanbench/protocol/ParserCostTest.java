package dev.fanbench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.management.ThreadMXBean;
import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Frame.Malformed;
import dev.fanbench.protocol.cost.CountedText;
import dev.fanbench.protocol.cost.HostileText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The work of each parser, counted: it is proportional to the length of a text, whatever the text
 * is.
 */
class ParserCostTest {
  /** Characters visited and digits multiplied for each character of a text. */
  private static final int MOST_WORK = 40;

  /** Bytes allocated for each character, and for each text of any length. */
  private static final int MOST_BYTES = 100;

  private static final int MOST_BYTES_OF_A_TEXT = 64 * 1024;

  /** The JDK multiplies the number so far by a power of ten once for so many digits. */
  private static final int DIGITS_AT_A_TIME = 9;

  private static final int SHORT = 300;
  private static final int MIDDLE = 7_000;
  private static final int LONG = ChatLimits.MESSAGE_BYTES;
  private static final int RANDOM_TEXTS = 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(ints = {SHORT, MIDDLE, LONG})
  void charactersOfEdnAreVisitedInProportion(int length) {
    for (HostileText hostile : every(length)) {
      if (!hostile.text().startsWith("{")) {
        continue;
      }
      CountedText text = new CountedText(hostile.text());
      if (EdnBroadcast.looksLikeEdn(text)) {
        EdnBroadcast.parse(text);
      }
      assertProportional(hostile, text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SHORT, MIDDLE, LONG})
  void charactersOfJsonAreVisitedInProportion(int length) throws IOException {
    for (HostileText hostile : every(length)) {
      if (!hostile.text().startsWith("{")) {
        continue;
      }
      CountedText text = new CountedText(hostile.text());
      try (JsonParser parser = ClientJson.parser(text.reader())) {
        JsonObject.read(parser, text).ifPresent(EnvelopeParser::complete);
      } catch (JsonProcessingException broken) {
        // Had to be read to be found broken.
      }
      CompactJson.of(text);
      assertProportional(hostile, text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {SHORT, MIDDLE, LONG})
  void charactersOfCommandsAreVisitedInProportion(int length) {
    for (HostileText hostile : every(length)) {
      CountedText text = new CountedText(hostile.text());
      SlashCommand.parse(text);
      assertProportional(hostile, text);
    }
  }

  @Test
  void numbersInEdnAreShortWhereTheyAreMultiplied() {
    for (int digits = 1; digits < 2 * ChatLimits.EDN_OUTLINE; digits++) {
      Frame frame =
          Frame.classify(
              "{:action :broadcast :message \"x\" :n %sN}".formatted("9".repeat(digits)));
      if (frame instanceof Malformed) {
        assertTrue(digits > ChatLimits.EDN_OUTLINE / 2, digits + " digits are refused");
        return;
      }
      int products = digits * ((digits + DIGITS_AT_A_TIME - 1) / DIGITS_AT_A_TIME);
      assertTrue(products <= MOST_WORK * digits, products + " for " + digits);
    }
    throw new AssertionError("numbers of any length are converted");
  }

  @Test
  void outlineOfEdnIsCountedWithoutStringsCommentsAndBlanks() {
    String words = "\\\"; {[(1".repeat(100);
    String broadcast =
        "{:action, :broadcast\t:message \"" + words + "\" ;" + words + "\r\n :x [\\\" \\; %s]}";
    int most = ChatLimits.EDN_OUTLINE - "{:action:broadcast:message\"\":x[\\\"\\;]}".length();
    assertEquals(
        new Broadcast("\"; {[(1".repeat(100), Notation.EDN),
        Frame.classify(broadcast.formatted("1".repeat(most))));
    assertInstanceOf(Malformed.class, Frame.classify(broadcast.formatted("1".repeat(most + 1))));
  }

  /** Nothing is thrown either, though the parsers throw what they like. */
  @ParameterizedTest
  @ValueSource(ints = {SHORT, MIDDLE, LONG})
  void memoryIsAllocatedInProportion(int length) {
    List<Function<String, Frame>> rules = List.of(Frame::classify, Frame::classifyPublication);
    for (HostileText hostile : every(length)) {
      long most = (long) MOST_BYTES * hostile.text().length() + MOST_BYTES_OF_A_TEXT;
      for (Function<String, Frame> rule : rules) {
        if (allocated(rule, hostile.text()) > most) {
          // Once more: the first use of a class allocates what all its uses share.
          long bytes = allocated(rule, hostile.text());
          assertTrue(bytes <= most, () -> "%d bytes for %s".formatted(bytes, hostile.name()));
        }
      }
    }
  }

  private static long allocated(Function<String, Frame> rule, String text) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    reply(rule.apply(text));
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  /** Writes the answer that depends on the length of what was asked. */
  private static void reply(Frame frame) {
    if (frame instanceof Broadcast broadcast) {
      ReplyFormat.broadcast(broadcast, "sender");
    } else if (frame instanceof Action.Rpc rpc) {
      ReplyFormat.rpc(rpc);
    } else if (frame instanceof Envelope envelope) {
      ReplyFormat.envelope(envelope, 0);
    }
  }

  private static List<HostileText> every(int length) {
    List<HostileText> texts = new ArrayList<>();
    texts.addAll(HostileText.edn(length));
    texts.addAll(HostileText.json(length));
    texts.addAll(HostileText.words(length));
    texts.addAll(HostileText.random(20_261_129, length, RANDOM_TEXTS));
    return texts;
  }

  private static void assertProportional(HostileText hostile, CountedText text) {
    assertTrue(
        text.visits() <= (long) MOST_WORK * text.length(),
        () ->
            "%d visits of %d characters: %s"
                .formatted(text.visits(), text.length(), hostile.name()));
  }
}
