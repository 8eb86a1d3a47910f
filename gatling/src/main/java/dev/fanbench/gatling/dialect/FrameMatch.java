package dev.fanbench.gatling.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition on frames of the server. Immutable.
 *
 * @param kind the comparison
 * @param templates the texts or bytes to compare with, of which a frame must contain each; none for
 *     a pattern
 * @param pattern null for the other kinds
 */
public record FrameMatch(Kind kind, List<FrameTemplate> templates, Pattern pattern) {
  public FrameMatch {
    templates = List.copyOf(templates);
  }

  /** The comparison of a frame with a text. */
  public enum Kind {
    /** Each of the texts stands somewhere in the frame. */
    CONTAINS,
    /** The frame is the text. */
    EXACTLY,
    /** The frame begins with the text. */
    BEGINS,
    /** A regular expression finds something in the frame. */
    PATTERN;

    /** The keys in a file. */
    static List<String> keys() {
      return Arrays.stream(values()).map(Kind::key).toList();
    }

    static Kind of(String key) {
      return valueOf(key.toUpperCase(Locale.ROOT));
    }

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A condition with texts. */
  static FrameMatch of(Kind kind, List<FrameTemplate> templates) {
    return new FrameMatch(kind, templates, null);
  }

  /** A condition with a regular expression; the frame is read as UTF-8. */
  static FrameMatch pattern(String regex) {
    return new FrameMatch(Kind.PATTERN, List.of(), Pattern.compile(regex, Pattern.DOTALL));
  }

  /** Whether a frame meets the condition. */
  public boolean matches(byte[] bytes, int offset, int length, FrameContext values) {
    if (kind == Kind.PATTERN) {
      return pattern.matcher(new String(bytes, offset, length, StandardCharsets.UTF_8)).find();
    }
    for (FrameTemplate template : templates) {
      if (!matches(template.shared(values), bytes, offset, length)) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(byte[] wanted, byte[] bytes, int offset, int length) {
    int last = offset + length - wanted.length;
    return switch (kind) {
      case EXACTLY -> length == wanted.length && isAt(wanted, bytes, offset);
      case BEGINS -> last >= offset && isAt(wanted, bytes, offset);
      default -> {
        int at = offset;
        while (at <= last && !isAt(wanted, bytes, at)) {
          at++;
        }
        yield at <= last;
      }
    };
  }

  private static boolean isAt(byte[] wanted, byte[] bytes, int at) {
    return Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length);
  }

  /** The condition in words, to follow "a frame that". */
  public String words(FrameContext values) {
    return switch (kind) {
      case CONTAINS -> "contains '" + shown(values) + "'";
      case EXACTLY -> "is '" + shown(values) + "'";
      case BEGINS -> "begins with '" + shown(values) + "'";
      case PATTERN -> "matches /" + pattern.pattern() + "/";
    };
  }

  private String shown(FrameContext values) {
    return templates.stream()
        .map(template -> FrameText.shown(template.shared(values)))
        .collect(Collectors.joining("' and '"));
  }
}
