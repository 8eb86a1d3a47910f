package dev.fanbench.protocol;

/** The slash commands. What cannot be followed asks for help, as a person who mistypes does. */
final class Commands {
  private static final Command.Help HELP = new Command.Help();
  private static final String NAME = "/name";
  private static final String CHANNEL = "/channel";

  private Commands() {}

  static Command parse(String text) {
    if (isWord(text, NAME)) {
      String name = text.substring(NAME.length()).strip();
      return isAcceptable(name) ? new Command.Name(name) : HELP;
    }
    if (isWord(text, CHANNEL)) {
      String room = withoutMarks(text.substring(CHANNEL.length()));
      return isAcceptable(room) ? new Command.Channel(room) : HELP;
    }
    return HELP;
  }

  /** Whether {@code text} starts with {@code word} and then a blank: {@code /namebar} does not. */
  private static boolean isWord(String text, String word) {
    return text.startsWith(word)
        && text.length() > word.length()
        && Character.isWhitespace(text.charAt(word.length()));
  }

  private static boolean isAcceptable(String argument) {
    return !argument.isEmpty()
        && argument.codePointCount(0, argument.length()) <= Limits.NAME_CHARACTERS;
  }

  /** The room in {@code argument}: blanks and hash signs go from both ends, in any mixture. */
  private static String withoutMarks(String argument) {
    int start = 0;
    int end = argument.length();
    while (start < end && isMark(argument.charAt(start))) {
      start++;
    }
    while (end > start && isMark(argument.charAt(end - 1))) {
      end--;
    }
    return argument.substring(start, end);
  }

  private static boolean isMark(char c) {
    return c == '#' || Character.isWhitespace(c);
  }
}
