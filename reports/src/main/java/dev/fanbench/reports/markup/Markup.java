package dev.fanbench.reports.markup;

import java.util.stream.Collector;
import java.util.stream.Stream;

/**
 * A piece of page that is safe to write: the only place where text becomes HTML or SVG.
 *
 * <p>{@link #of(String, Object...)} fills the {@code {}} places of a template that the program
 * wrote with values from other programs. Markup goes in as it is; everything else is escaped for
 * element text and quoted attributes alike. The result is well-formed XML as long as the template
 * is, so a page can be checked with an XML parser. Immutable.
 */
public final class Markup {

  /** Nothing. */
  public static final Markup EMPTY = new Markup("");

  private final String text;

  private Markup(String text) {
    this.text = text;
  }

  /**
   * Fills a template.
   *
   * @param template markup with one {@code {}} for each value, inside elements or quoted attributes
   * @param values markup, or anything else by its {@code toString()}, escaped
   * @throws IllegalArgumentException when places and values differ in number
   */
  public static Markup of(String template, Object... values) {
    StringBuilder out = new StringBuilder(template.length() + 32 * values.length);
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        throw new IllegalArgumentException(values.length + " values for template " + template);
      }
      out.append(template, from, place);
      if (value instanceof Markup markup) {
        out.append(markup.text);
      } else {
        escape(String.valueOf(value), out);
      }
      from = place + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException(values.length + " values for template " + template);
    }
    return new Markup(out.append(template, from, template.length()).toString());
  }

  /**
   * The program's own style sheet or JSON, as the content of a {@code style} or {@code script}
   * element, where HTML knows no escapes.
   *
   * @throws IllegalArgumentException when it could end its element or would not be XML
   */
  public static Markup raw(String content) {
    if (content.indexOf('<') >= 0 || content.indexOf('&') >= 0) {
      throw new IllegalArgumentException("raw content must not hold < or &");
    }
    return new Markup(content);
  }

  /** Pieces one after the other. */
  public static Collector<Markup, ?, Markup> joining() {
    return Collector.of(
        StringBuilder::new,
        (out, piece) -> out.append(piece.text),
        StringBuilder::append,
        out -> new Markup(out.toString()));
  }

  /** Pieces one after the other. */
  public static Markup join(Markup... pieces) {
    return Stream.of(pieces).collect(joining());
  }

  private static void escape(String value, StringBuilder out) {
    value.codePoints().forEach(c -> escape(c, out));
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
    }
  }

  /** True when XML 1.0 allows the character, escaped or not. */
  private static boolean isXml(int c) {
    if (c < 0x20) {
      return c == '\n' || c == '\t';
    }
    return (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }

  /** The markup itself. */
  @Override
  public String toString() {
    return text;
  }
}
