package dev.fanbench.reports.chart;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportedRun;
import java.util.stream.IntStream;

/** Colour, dash and marker of one run in all charts. */
public final class RunStyle {

  private static final int SLOTS = 6;

  private RunStyle() {}

  /** The style class that sets a run's colour and dash. */
  public static String style(ReportedRun entry) {
    return entry.reference() ? "ref" : "t" + entry.slot() % SLOTS;
  }

  /** A run's marker with a title that shows when pointed at. */
  static Markup marker(ReportedRun entry, double x, double y, String title) {
    return Markup.of(
        "<path class=\"mark {}\" d=\"{}\"><title>{}</title></path>",
        style(entry),
        outline(entry.reference() ? -1 : entry.slot() % SLOTS, x, y),
        title);
  }

  /** The style class of the first or second of two sides. */
  public static String side(int slot) {
    return "t" + slot;
  }

  /** A short piece of a side's line, for legends. */
  public static Markup swatch(int slot) {
    return swatch(side(slot));
  }

  /** The name of a run's marker among the {@linkplain #symbols() symbols}. */
  static String symbol(ReportedRun entry) {
    return entry.reference() ? "mref" : "m" + entry.slot() % SLOTS;
  }

  /** Every marker and every piece of a line once, for all drawings and legends of a page. */
  public static Markup symbols() {
    return IntStream.range(-1, SLOTS).mapToObj(RunStyle::symbols).collect(Markup.joining());
  }

  private static Markup symbols(int slot) {
    String style = slot < 0 ? "ref" : "t" + slot;
    return Markup.of(
        """
        <path id="{}" d="{}"/>\
        <g id="s{}"><path class="curve {}" d="M1 6h32"/><path class="mark {}" d="{}"/></g>""",
        slot < 0 ? "mref" : "m" + slot,
        outline(slot, 0, 0),
        style,
        style,
        style,
        outline(slot, 17, 6));
  }

  /** A short piece of a run's line, for legends. */
  public static Markup swatch(ReportedRun entry) {
    return swatch(style(entry));
  }

  private static Markup swatch(String style) {
    return Markup.of(
        "<svg class=\"swatch\" aria-hidden=\"true\"><use href=\"#s{}\"/></svg>", style);
  }

  private static String outline(int slot, double x, double y) {
    return switch (slot) {
      case -1 -> at(x - 2.5, y - 2.5) + "h5v5h-5Z";
      case 0 -> at(x - 4, y) + "a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";
      case 1 -> at(x - 3.5, y - 3.5) + "h7v7h-7Z";
      case 2 -> at(x, y - 5) + "l4.5 8h-9Z";
      case 3 -> at(x, y - 5) + "l5 5l-5 5l-5-5Z";
      case 4 -> at(x, y + 5) + "l4.5-8h-9Z";
      default -> at(x - 4, y - 1.5) + "h8v3h-8Z";
    };
  }

  private static String at(double x, double y) {
    return "M" + SvgPath.number(x) + " " + SvgPath.number(y);
  }
}
