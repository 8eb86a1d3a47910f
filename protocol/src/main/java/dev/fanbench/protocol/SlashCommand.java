package dev.fanbench.protocol;

import java.util.function.IntPredicate;

/** The slash commands. A text that is no known command is answered with the help text. */
final class SlashCommand {
  private static final Command.Help HELP = new Command.Help();
  private static final String NAME = "/name";
  private static final String CHANNEL = "/channel";

  private SlashCommand() {}

  static Command parse(CharSequence text) {
    if (isWord(text, NAME)) {
      String name = argument(text, NAME.length(), Character::isWhitespace);
      return name == null ? HELP : new Command.Name(name);
    }
    if (isWord(text, CHANNEL)) {
      String room = argument(text, CHANNEL.length(), SlashCommand::isMark);
      return room == null ? HELP : new Command.Channel(room);
    }
    return HELP;
  }

  /** Whether {@code text} starts with {@code word} and then a blank: {@code /namebar} does not. */
  private static boolean isWord(CharSequence text, String word) {
    return text.length() > word.length()
        && CharSequence.compare(text.subSequence(0, word.length()), word) == 0
        && Character.isWhitespace(text.charAt(word.length()));
  }

  /**
   * The text behind the command, without the {@code marks} at both ends.
   *
   * @return {@code null} if that is nothing, or too long
   */
  private static String argument(CharSequence text, int from, IntPredicate marks) {
    int start = from;
    int end = text.length();
    while (start < end && marks.test(text.charAt(start))) {
      start++;
    }
    while (end > start && marks.test(text.charAt(end - 1))) {
      end--;
    }
    // A code point has two characters at most, so that more need not be counted.
    return start < end
            && end - start <= 2 * ChatLimits.NAME_CHARACTERS
            && Character.codePointCount(text, start, end) <= ChatLimits.NAME_CHARACTERS
        ? text.subSequence(start, end).toString()
        : null;
  }

  private static boolean isMark(int c) {
    return c == '#' || Character.isWhitespace(c);
  }
}
