package dev.fanbench.conventions;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks one piece of English: a Javadoc comment, a Markdown paragraph or a message. */
final class Prose {
  /** The longest sentence that a reader takes in at once. */
  static final int MOST_WORDS = 30;

  private static final Pattern QUESTION_WORD =
      Pattern.compile("(Who|What|Whose|Whom|Where|When|How|Which|Why)\\b.*", Pattern.DOTALL);
  private static final Pattern UNNAMED_PERSON =
      Pattern.compile(
          "\\b(nobody|somebody|everybody|anybody|whoever|whom)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOUN_CLAUSE =
      Pattern.compile("(What|Who|Whose|Whom)\\b.*[^?]", Pattern.DOTALL);
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])[)\"”]?\\s+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private Prose() {}

  static boolean opensWithAQuestionWord(String text) {
    return QUESTION_WORD.matcher(text.strip()).matches();
  }

  static boolean hasAnUnnamedPerson(String text) {
    return UNNAMED_PERSON.matcher(text).find();
  }

  /** The sentences of {@code text} that begin with a clause in the place of a noun. */
  static List<String> nounClauses(String text) {
    return sentences(text).filter(NOUN_CLAUSE.asMatchPredicate()).toList();
  }

  /** The sentences of {@code text} that have more than {@value #MOST_WORDS} words. */
  static List<String> longSentences(String text) {
    return sentences(text).filter(sentence -> words(sentence) > MOST_WORDS).toList();
  }

  private static Stream<String> sentences(String text) {
    return SENTENCE_END
        .splitAsStream(text.strip())
        .map(sentence -> BLANKS.matcher(sentence).replaceAll(" "));
  }

  /** The number of words: pieces between blanks that hold a letter. */
  static long words(String text) {
    return BLANKS.splitAsStream(text.strip()).filter(LETTER.asPredicate()).count();
  }
}
