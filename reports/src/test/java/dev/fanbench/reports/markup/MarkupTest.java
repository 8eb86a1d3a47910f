package dev.fanbench.reports.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MarkupTest {

  @Test
  void valuesAreEscapedForTextAndAttributes() {
    Markup markup = Markup.of("<p title=\"{}\">{}</p>", "\"><script>'&", "a < b & c");
    assertEquals(
        "<p title=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">a &lt; b &amp; c</p>", markup.toString());
  }

  @Test
  void markupGoesInAsItIs() {
    assertEquals("<p><b>x</b></p>", Markup.of("<p>{}</p>", Markup.of("<b>{}</b>", "x")).toString());
  }

  @Test
  void whatXmlCannotHoldIsReplaced() {
    assertEquals("a\uFFFDb\uFFFD\uFFFDc😀", Markup.of("{}", "a\u0000b\uD800\uFFFEc😀").toString());
  }

  @Test
  void valuesThatLookLikePlacesStayText() {
    assertEquals("{} and x", Markup.of("{} and {}", "{}", "x").toString());
  }

  @Test
  void placesAndValuesMustMatch() {
    assertThrows(IllegalArgumentException.class, () -> Markup.of("{}"));
    assertThrows(IllegalArgumentException.class, () -> Markup.of("{}", 1, 2));
  }

  @Test
  void rawContentCannotEndItsElement() {
    assertThrows(IllegalArgumentException.class, () -> Markup.raw("</style>"));
    assertEquals("a > b", Markup.raw("a > b").toString());
  }

  @Test
  void piecesJoin() {
    assertEquals(
        "<br/><br/>",
        Stream.of(Markup.of("<br/>"), Markup.of("<br/>")).collect(Markup.joining()).toString());
  }
}
