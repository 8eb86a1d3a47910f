package dev.fanbench.reports.page;

import dev.fanbench.reports.markup.Markup;

/** A table that scrolls sideways where the screen is narrow, by keyboard too. */
final class Table {

  private Table() {}

  /**
   * A table.
   *
   * @param style its class: {@code words}, {@code dense}, {@code latency} or {@code plain}
   * @param label what it holds, for readers who cannot see what stands around it
   * @param content caption, head and bodies
   */
  static Markup of(String style, String label, Markup content) {
    return Markup.of(
        """
        <div class="scroll" tabindex="0" role="group" aria-label="{}"><table class="{}">
        {}</table></div>
        """,
        label,
        style,
        content);
  }

  /** A cell without a figure, in which the style sheet writes a dash. */
  static Markup unknown() {
    return Markup.of("<td></td>");
  }

  /** A cell of a style, which may be empty. */
  static Markup cell(String style, Object content) {
    return style.isEmpty()
        ? Markup.of("<td>{}</td>", content)
        : Markup.of("<td class=\"{}\">{}</td>", style, content);
  }
}
