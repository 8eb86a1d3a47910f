package dev.fanbench.protocol;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Frame.Malformed;
import java.util.Map;
import us.bpsm.edn.EdnException;
import us.bpsm.edn.Keyword;
import us.bpsm.edn.parser.Parseable;
import us.bpsm.edn.parser.Parser;
import us.bpsm.edn.parser.Parsers;
import us.bpsm.edn.printer.Printers;

/**
 * The broadcast map in EDN. Text from a client is data: it is parsed and never evaluated.
 *
 * <p>The parser converts every number, hashes and compares every key and recurses for every
 * bracket, all of which costs more than the length of the text. {@link ChatLimits#EDN_OUTLINE}
 * keeps texts from it in which that would matter.
 */
final class EdnBroadcast {
  private static final Keyword ACTION = Keyword.newKeyword("action");
  private static final Keyword BROADCAST = Keyword.newKeyword("broadcast");
  private static final Keyword MESSAGE = Keyword.newKeyword("message");

  private EdnBroadcast() {}

  /** Whether {@code text} opens a map whose first key is a keyword, which JSON cannot be. */
  static boolean looksLikeEdn(CharSequence text) {
    if (text.charAt(0) != '{') {
      return false;
    }
    int i = 1;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i < text.length() && text.charAt(i) == ':';
  }

  static Frame parse(CharSequence text) {
    if (EdnOutline.isLongerThan(ChatLimits.EDN_OUTLINE, text)) {
      return new Malformed(
          "EDN of more than %d characters outside its strings".formatted(ChatLimits.EDN_OUTLINE));
    }
    try {
      Parser parser = Parsers.newParser(Parsers.defaultConfiguration());
      Parseable source = Parsers.newParseable(text);
      Object value = parser.nextValue(source);
      if (!(value instanceof Map<?, ?> map)
          || parser.nextValue(source) != Parser.END_OF_INPUT
          || map.get(ACTION) != BROADCAST
          || !(map.get(MESSAGE) instanceof String message)) {
        return new Malformed("EDN other than {:action :broadcast :message \"...\"}");
      }
      return new Broadcast(message, Notation.EDN);
    } catch (EdnException | IllegalArgumentException broken) {
      // The second is what numbers and UUIDs are refused with.
      return new Malformed("broken EDN: " + broken.getMessage());
    }
  }

  /** A string in EDN, quotes included. */
  static String quote(String text) {
    return Printers.printString(text);
  }
}
