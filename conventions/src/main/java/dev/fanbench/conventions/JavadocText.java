package dev.fanbench.conventions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the prose out of a Javadoc comment: its description first, then each block tag. */
final class JavadocText {
  private static final Pattern BLOCK_TAG =
      Pattern.compile("(?m)^\\s*@(?:param|throws|exception)\\s+\\S+\\s*|^\\s*@\\w+\\s*");
  private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^{}]*)\\}");
  private static final Pattern CODE =
      Pattern.compile("<pre>.*?</pre>|\\{@code\\s+[^{}]*\\}", Pattern.DOTALL);
  private static final Pattern PARAGRAPH = Pattern.compile("<(?:p|li|ul|ol|td|tr|h\\d)>");
  private static final Pattern HTML = Pattern.compile("<[^>]+>");

  private JavadocText() {}

  /** The parts of a comment: the paragraphs of the description, then the text of each block tag. */
  static List<String> parts(String comment) {
    String withoutCode = CODE.matcher(comment).replaceAll("code");
    String withoutTags = INLINE_TAG.matcher(withoutCode).replaceAll("$1");
    List<String> parts = new ArrayList<>();
    for (String part : BLOCK_TAG.splitAsStream(withoutTags).toList()) {
      for (String paragraph : PARAGRAPH.splitAsStream(part).toList()) {
        String text = HTML.matcher(paragraph).replaceAll("").strip();
        if (!text.isEmpty()) {
          parts.add(text);
        }
      }
    }
    return parts;
  }
}
