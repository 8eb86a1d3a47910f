package dev.fanbench.reports.chart;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportedRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds one drawing, top to bottom. Not thread-safe.
 *
 * <p>All coordinates are those of a drawing of the given width. A fluid drawing is as wide as the
 * page has room: what is left and right of its frame keeps its size, and the plot between them
 * stretches. Its text and its strokes are never scaled, so one drawing suits every screen.
 */
final class Svg {

  private final int width;
  private final int height;
  private final String label;

  /** Null when the drawing has a fixed width. */
  private final ChartFrame stretched;

  private final List<Markup> titles = new ArrayList<>();

  /** Pieces of a fluid drawing that stay in their places when the reader looks closer. */
  private final List<Markup> still = new ArrayList<>();

  private final List<Markup> pieces = new ArrayList<>();

  /** Paths that wait for others of the same coordinates, to be written together. */
  private final List<Markup> paths = new ArrayList<>();

  /** The beginning of the element around those paths, when they are values; else nothing. */
  private Markup valuesAround = Markup.EMPTY;

  private Markup interaction = Markup.EMPTY;

  /**
   * An empty drawing of fixed proportions.
   *
   * @param label what it shows, for readers who cannot see it
   */
  Svg(int width, int height, String label) {
    this(width, height, label, null);
  }

  private Svg(int width, int height, String label, ChartFrame stretched) {
    this.width = width;
    this.height = height;
    this.label = label;
    this.stretched = stretched;
  }

  /** An empty drawing whose plot, from the left to the right of the frame, stretches. */
  static Svg fluid(int width, int height, String label, ChartFrame stretched) {
    return new Svg(width, height, label, stretched);
  }

  private boolean isFluid() {
    return stretched != null;
  }

  Svg add(Markup piece) {
    flushPaths();
    pieces.add(piece);
    return this;
  }

  /** Adds drawings that belong to one run, so that the reader can hide them together. */
  Svg of(ReportedRun entry, Runnable drawings) {
    return of(entry.name(), drawings);
  }

  /** Adds drawings that belong to one line of the legend. */
  Svg of(String name, Runnable drawings) {
    if (!isFluid()) {
      drawings.run();
      return this;
    }
    add(Markup.of("<g data-run=\"{}\">", name));
    drawings.run();
    return add(Markup.of("</g>"));
  }

  /** Lets the page's script tell values under the pointer: the ranges between the frame's edges. */
  Svg interactive(Axis x, Axis y) {
    interaction =
        Markup.of(
            " data-x=\"{} {} {}\" data-y=\"{} {} {}\" data-frame=\"{} {} {} {}\"",
            (float) x.valueAt(stretched.left()),
            (float) x.valueAt(stretched.right()),
            x.word(),
            (float) y.valueAt(stretched.bottom()),
            (float) y.valueAt(stretched.top()),
            y.word(),
            SvgPath.number(stretched.left()),
            SvgPath.number(width - stretched.right()),
            SvgPath.number(stretched.top()),
            SvgPath.number(height - stretched.bottom()));
    return this;
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        Markup.of(
            "<line class=\"{}\"{}{}{}{}/>",
            style,
            attribute("x1", across(x1)),
            attribute("y1", SvgPath.number(y1)),
            attribute("x2", across(x2)),
            attribute("y2", SvgPath.number(y2))));
  }

  Svg path(String style, SvgPath path) {
    if (!path.isEmpty()) {
      if (valuesAround != Markup.EMPTY) {
        flushPaths();
      }
      paths.add(Markup.of("<path class=\"{}\" d=\"{}\"/>", style, path));
    }
    return this;
  }

  /** Values as a path in their own units, stretched over the frame. */
  Svg values(String style, String name, ValuePath values) {
    return values(style, name, 0, values);
  }

  /** The same, this far beside its place however wide the drawing is. */
  Svg values(String style, String name, double aside, ValuePath values) {
    return stretched(style, Markup.of(" data-name=\"{}\"", name), aside, values);
  }

  /** Values that only their place tells. */
  Svg cells(String style, ValuePath values) {
    return stretched(style, Markup.EMPTY, 0, values);
  }

  private Svg stretched(String style, Markup told, double aside, ValuePath values) {
    if (values.isEmpty()) {
      return this;
    }
    Markup around = stretch(aside, values);
    if (!around.toString().equals(valuesAround.toString())) {
      flushPaths();
      valuesAround = around;
    }
    paths.add(Markup.of("<path class=\"{}\"{} d=\"{}\"/>", style, told, values));
    return this;
  }

  private Markup stretch(double aside, ValuePath values) {
    return Markup.of(
        """
        <svg{} y="{}" height="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" data-units="{} {}">\
        <g transform="matrix(1 0 0-1 0 {})">""",
        aside == 0 ? "" : Markup.of(" x=\"{}\"", SvgPath.number(aside)),
        SvgPath.number(stretched.top()),
        SvgPath.number(stretched.bottom() - stretched.top()),
        values.wide(),
        values.high(),
        values.unitX(),
        values.unitY(),
        values.high());
  }

  /** A run's marker with a title that shows when pointed at. */
  Svg marker(ReportedRun entry, double x, double y, String title) {
    return isFluid()
        ? marker(RunStyle.symbol(entry), RunStyle.style(entry), x, y, title)
        : add(RunStyle.marker(entry, x, y, title));
  }

  /** A marker of the page's symbols, in a drawing that is fluid. */
  Svg marker(String symbol, String style, double x, double y, String title) {
    return add(
        Markup.of(
            "<use href=\"#{}\" class=\"mark {}\" x=\"{}\" y=\"{}\"><title>{}</title></use>",
            symbol,
            style,
            across(x),
            SvgPath.number(y),
            title));
  }

  /** A bar from one height to another, this far beside its place however wide the drawing is. */
  Svg whisker(String style, double x, double aside, double from, double to) {
    if (!isFluid()) {
      line(style, x + aside, from, x + aside, to);
      return line(style, x + aside - 4, to, x + aside + 4, to);
    }
    return add(
        Markup.of(
            "<svg x=\"{}\"><path class=\"{}\" d=\"M{} {}V{}m-4 0h8\"/></svg>",
            across(x),
            style,
            SvgPath.number(aside),
            SvgPath.number(from),
            SvgPath.number(to)));
  }

  Svg rect(String style, double x, double y, double width, double height, String title) {
    return add(
        Markup.of(
            "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
            style,
            across(x),
            SvgPath.number(y),
            isFluid() ? across(stretched.left() + width) : SvgPath.number(width),
            SvgPath.number(height),
            title));
  }

  /** The vertical axis' name, above the plot. */
  Svg title(double y, String text) {
    if (isFluid()) {
      titles.add(Markup.of("<p class=\"axis\">{}</p>\n", text));
      return this;
    }
    return text("axis", 0, y, text);
  }

  /** Text whose style class says which of its ends is at {@code x}. */
  Svg text(String style, double x, double y, String text) {
    boolean within = isFluid() && x >= stretched.left() && x <= stretched.right();
    if (!isFluid() || within) {
      return text(style, x, 0, y, text);
    }
    double edge = x < stretched.left() ? stretched.left() : stretched.right();
    return still(style, edge, x - edge, y, text);
  }

  /** Text this far beside its place, however wide the drawing is. */
  Svg text(String style, double x, double aside, double y, String text) {
    return text.isEmpty() ? this : add(words(style, x, aside, y, text));
  }

  /** Text that stays in its place when the reader looks closer. */
  Svg still(String style, double x, double aside, double y, String text) {
    if (!isFluid() || text.isEmpty()) {
      return text(style, x, aside, y, text);
    }
    still.add(words(style, x, aside, y, text));
    return this;
  }

  /** The values of a vertical axis, this far to the left of where the plot begins. */
  Svg rowLabels(double left, double gap, List<Axis.Tick> ticks) {
    if (!isFluid()) {
      ticks.forEach(tick -> text("end", left - gap, tick.at() + 4, tick.label()));
      return this;
    }
    Markup labels =
        ticks.stream()
            .filter(tick -> !tick.label().isEmpty())
            .map(tick -> words("", left, 0, tick.at() + 4, tick.label()))
            .collect(Markup.joining());
    still.add(
        Markup.of(
            "<g class=\"end\" transform=\"translate({})\">{}</g>", SvgPath.number(-gap), labels));
    return this;
  }

  private Markup words(String style, double x, double aside, double y, String text) {
    boolean moved = isFluid() && aside != 0;
    return Markup.of(
        "<text{}{}{}{}>{}</text>",
        style.isEmpty() ? Markup.EMPTY : Markup.of(" class=\"{}\"", style),
        attribute("x", moved ? across(x) : across(x + aside)),
        moved ? attribute("dx", SvgPath.number(aside)) : Markup.EMPTY,
        attribute("y", SvgPath.number(y)),
        text);
  }

  /** An attribute, unless it is zero, as such attributes are when they are not there. */
  private static Markup attribute(String name, String place) {
    return place.equals("0") || place.equals("0%")
        ? Markup.EMPTY
        : Markup.of(" {}=\"{}\"", name, place);
  }

  /** Adds the marks of the horizontal axis, which others replace when the reader looks closer. */
  Svg ticks(Runnable drawings) {
    if (!isFluid()) {
      drawings.run();
      return this;
    }
    add(Markup.of("<g class=\"ticks\">"));
    drawings.run();
    return add(Markup.of("</g>"));
  }

  /** A place from left to right: a share of the plot, when that stretches. */
  private String across(double x) {
    if (!isFluid()) {
      return SvgPath.number(x);
    }
    return SvgPath.percent((x - stretched.left()) / (stretched.right() - stretched.left()));
  }

  private void flushPaths() {
    if (paths.isEmpty()) {
      return;
    }
    Markup all = paths.stream().collect(Markup.joining());
    paths.clear();
    if (valuesAround != Markup.EMPTY) {
      pieces.add(Markup.of("{}{}</g></svg>", valuesAround, all));
      valuesAround = Markup.EMPTY;
    } else if (isFluid()) {
      pieces.add(
          Markup.of(
              "<svg viewBox=\"{} 0 {} {}\" preserveAspectRatio=\"none\">{}</svg>",
              SvgPath.number(stretched.left()),
              SvgPath.number(stretched.right() - stretched.left()),
              height,
              all));
    } else {
      pieces.add(all);
    }
  }

  private Markup content() {
    flushPaths();
    return pieces.stream().collect(Markup.joining());
  }

  Markup toMarkup() {
    if (!isFluid()) {
      return Markup.of(
          "<svg viewBox=\"0 0 {} {}\" style=\"max-width:{}px\" role=\"img\" aria-label=\"{}\">{}</svg>\n",
          width,
          height,
          width,
          label,
          content());
    }
    double beside = width - stretched.right() + stretched.left();
    return Markup.of(
        """
        <div>{}<div class="chart"{}><svg class="fluid" height="{}" style="margin-left:{}px;width:calc(100% - {}px)" \
        role="img" aria-label="{}">{}<svg><svg>{}</svg></svg></svg></div></div>
        """,
        titles.stream().collect(Markup.joining()),
        interaction,
        height,
        SvgPath.number(stretched.left()),
        SvgPath.number(beside),
        label,
        still.stream().collect(Markup.joining()),
        content());
  }

  /** The drawing at its own size, inside another one. */
  Markup within(int y) {
    return Markup.of(
        "<svg y=\"{}\" width=\"{}\" height=\"{}\">{}</svg>\n", y, width, height, content());
  }
}
