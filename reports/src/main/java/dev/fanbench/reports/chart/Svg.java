package dev.fanbench.reports.chart;

import dev.fanbench.reports.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/** Builds one drawing, top to bottom. Not thread-safe. */
final class Svg {

  private final int width;
  private final int height;
  private final String label;
  private final List<Markup> pieces = new ArrayList<>();

  /**
   * An empty drawing.
   *
   * @param label what it shows, for readers who cannot see it
   */
  Svg(int width, int height, String label) {
    this.width = width;
    this.height = height;
    this.label = label;
  }

  Svg add(Markup piece) {
    pieces.add(piece);
    return this;
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        Markup.of(
            "<line class=\"{}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            style,
            SvgPath.number(x1),
            SvgPath.number(y1),
            SvgPath.number(x2),
            SvgPath.number(y2)));
  }

  Svg path(String style, SvgPath path) {
    return path.isEmpty() ? this : add(Markup.of("<path class=\"{}\" d=\"{}\"/>", style, path));
  }

  Svg rect(String style, double x, double y, double width, double height, String title) {
    return add(
        Markup.of(
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
            style,
            SvgPath.number(x),
            SvgPath.number(y),
            SvgPath.number(width),
            SvgPath.number(height),
            title));
  }

  /** Text whose style class says which of its ends is at {@code x}. */
  Svg text(String style, double x, double y, String text) {
    return text.isEmpty()
        ? this
        : add(
            Markup.of(
                "<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>",
                style,
                SvgPath.number(x),
                SvgPath.number(y),
                text));
  }

  Markup toMarkup() {
    return Markup.of(
        "<svg viewBox=\"0 0 {} {}\" style=\"max-width:{}px\" role=\"img\" aria-label=\"{}\">{}</svg>\n",
        width,
        height,
        width,
        label,
        pieces.stream().collect(Markup.joining()));
  }

  /** The drawing at its own size, inside another one. */
  Markup within(int y) {
    return Markup.of(
        "<svg y=\"{}\" width=\"{}\" height=\"{}\">{}</svg>\n",
        y,
        width,
        height,
        pieces.stream().collect(Markup.joining()));
  }
}
