package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.FanOutLine;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Time to last delivery against fan-out, both logarithmic: the picture fanbench is for.
 *
 * @param lines one for each run
 * @param width of the drawing, which the page stretches and a picture keeps
 */
public record FanOutChart(List<FanOutLine> lines, int width) {

  private static final int HEIGHT = 430;

  /** On the page, where it stands on the first screen of a telephone together with the finding. */
  private static final int PAGE_HEIGHT = 345;

  private static final int LABEL_HEIGHT = 15;
  private static final int WHISKER_GAP = 7;

  /** The drawing; nothing when no size has a p50. */
  public Markup toMarkup() {
    return draw(true).map(Svg::toMarkup).orElse(Markup.EMPTY);
  }

  /** The drawing within another one, at this height of it. */
  Markup at(int y) {
    return draw(false).map(svg -> svg.within(y)).orElse(Markup.EMPTY);
  }

  /** Height of the chart within another drawing. */
  int height() {
    return HEIGHT;
  }

  private Optional<Svg> draw(boolean fluid) {
    int height = fluid ? PAGE_HEIGHT : HEIGHT;
    ChartFrame frame = new ChartFrame(62, width - 78.0, fluid ? 10 : 34, height - 46.0);
    SortedSet<Integer> sizes = new TreeSet<>();
    lines.forEach(l -> l.points().forEach(p -> sizes.add(p.fanOut())));
    List<Double> values =
        lines.stream()
            .flatMap(l -> l.points().stream())
            .flatMap(
                p -> Stream.of(nanos(p.p50()), nanos(p.p90()), lowest(p.p50()), highest(p.p50())))
            .flatMap(each -> each.stream().boxed())
            .sorted()
            .toList();
    if (values.isEmpty()) {
      return Optional.empty();
    }
    String label = "Time to last delivery against fan-out";
    Svg svg = fluid ? Svg.fluid(width, height, label, frame) : new Svg(width, height, label);
    Axis x = Axis.sizes(sizes, frame.left() + 22, frame.right() - 8);
    Axis y =
        Axis.logarithmic(
            values.get(0),
            values.get(values.size() - 1),
            AxisUnit.NANOS,
            frame.bottom(),
            frame.top());
    frame.drawRows(
        svg, y, "time to last delivery, p50 (band: its interval; bar: to p90), logarithmic");
    frame.drawColumns(svg, x, "subscribers in the room, logarithmic");
    for (int i = 0; i < lines.size(); i++) {
      FanOutLine line = lines.get(i);
      double aside = (i - (lines.size() - 1) / 2.0) * WHISKER_GAP;
      svg.of(line.entry(), () -> draw(svg, line, aside, x, y));
    }
    drawLastValues(svg, frame, y);
    return Optional.of(fluid ? svg.interactive(x, y) : svg);
  }

  /** Draws a line; its whiskers stand a little aside, so that those of other runs stay visible. */
  private static void draw(Svg svg, FanOutLine line, double aside, Axis x, Axis y) {
    String look = RunStyle.style(line.entry());
    List<FanOutLine.Point> known =
        line.points().stream().filter(p -> nanos(p.p50()).isPresent()).toList();
    drawBand(svg, look, known, x, y);
    SvgPath path = new SvgPath();
    for (FanOutLine.Point point : known) {
      double atX = x.at(point.fanOut());
      double atY = y.at(nanos(point.p50()).getAsDouble());
      if (path.isEmpty()) {
        path.move(atX, atY);
      }
      path.line(atX, atY);
      if (point.p90() instanceof PercentileValue.Time p90) {
        svg.whisker("whisker " + look, atX, aside, atY, y.at(p90.nanos()));
      }
    }
    if (!line.entry().valid()) {
      svg.path("hatched-line", path);
    }
    svg.path("curve " + look, path);
    for (FanOutLine.Point point : known) {
      svg.marker(
          line.entry(),
          x.at(point.fanOut()),
          y.at(nanos(point.p50()).getAsDouble()),
          title(line, point));
    }
  }

  /** The range that holds each p50: along its upper ends, and back along its lower ones. */
  private static void drawBand(Svg svg, String look, List<FanOutLine.Point> known, Axis x, Axis y) {
    SvgPath band = new SvgPath();
    for (FanOutLine.Point point : known) {
      double at = y.at(highest(point.p50()).getAsDouble());
      if (band.isEmpty()) {
        band.move(x.at(point.fanOut()), at);
      }
      band.line(x.at(point.fanOut()), at);
    }
    for (int i = known.size() - 1; i >= 0; i--) {
      FanOutLine.Point point = known.get(i);
      band.line(x.at(point.fanOut()), y.at(lowest(point.p50()).getAsDouble()));
    }
    if (!band.isEmpty()) {
      svg.path("band " + look, band.close());
    }
  }

  private static String title(FanOutLine line, FanOutLine.Point point) {
    return line.entry().name()
        + ", fan-out "
        + UnitFormat.count(point.fanOut())
        + ": p50 "
        + point.p50().text()
        + ", p90 "
        + point.p90().text();
  }

  /** The p50 of every line's largest size, beside the plot, pushed apart where they would touch. */
  private void drawLastValues(Svg svg, ChartFrame frame, Axis y) {
    List<PercentileValue.Time> last =
        lines.stream()
            .map(l -> l.points().get(l.points().size() - 1).p50())
            .filter(PercentileValue.Time.class::isInstance)
            .map(PercentileValue.Time.class::cast)
            .sorted(Comparator.comparingLong(PercentileValue.Time::nanos).reversed())
            .toList();
    double lowest = 0;
    for (PercentileValue.Time value : last) {
      double at = Math.max(y.at(value.nanos()) + 4, lowest + LABEL_HEIGHT);
      svg.text("value", frame.right() + 8, at, value.brief());
      lowest = at;
    }
  }

  /** The upper end of a time's interval, or the time where that end is not known. */
  private static OptionalDouble highest(PercentileValue value) {
    long high = value.interval().highNanos();
    OptionalDouble time = nanos(value);
    return time.isPresent() && high != PercentileInterval.NONE
        ? OptionalDouble.of(Math.max(time.getAsDouble(), (double) high))
        : time;
  }

  /** The lower end of a time's interval, or the time where that end is not known. */
  private static OptionalDouble lowest(PercentileValue value) {
    long low = value.interval().lowNanos();
    OptionalDouble time = nanos(value);
    return time.isPresent() && low > 0
        ? OptionalDouble.of(Math.min(time.getAsDouble(), (double) low))
        : time;
  }

  /** A time that has a place on a logarithmic axis. */
  private static OptionalDouble nanos(PercentileValue value) {
    return value instanceof PercentileValue.Time time
        ? OptionalDouble.of((double) Math.max(1, time.nanos()))
        : OptionalDouble.empty();
  }
}
