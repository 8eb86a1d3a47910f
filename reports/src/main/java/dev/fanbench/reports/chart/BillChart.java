package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.BillComparison;
import dev.fanbench.reports.model.Cost;
import dev.fanbench.reports.price.Bill;
import dev.fanbench.reports.price.BreakEven;
import java.util.List;

/**
 * The monthly bill against deliveries a second, both logarithmic, with the break-evens marked.
 *
 * @param bills what is drawn: with no connection faint, with many strong
 */
public record BillChart(BillComparison bills) {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 400;
  private static final int FEWEST = BillComparison.CONNECTIONS.get(0);
  private static final int MOST = BillComparison.MOST_CONNECTIONS;

  /** Break-evens nearer to each other than this share one label. */
  private static final int LABEL_WIDTH = 44;

  /** The drawing. */
  public Markup toMarkup() {
    ChartFrame frame = new ChartFrame(62, WIDTH - 24.0, 10, HEIGHT - 46.0);
    Svg svg = Svg.fluid(WIDTH, HEIGHT, "Monthly bill against deliveries per second", frame);
    List<Double> rates = BillComparison.RATES;
    Axis x =
        Axis.logarithmic(
            rates.get(0),
            rates.get(rates.size() - 1),
            AxisUnit.PER_SECOND,
            frame.left(),
            frame.right());
    Axis y =
        Axis.logarithmic(
            extreme(rates.get(0), FEWEST, false),
            extreme(rates.get(rates.size() - 1), MOST, true),
            AxisUnit.DOLLARS,
            frame.bottom(),
            frame.top());
    frame.drawRows(svg, y, "a month’s bill, logarithmic (faint: without connection-minutes)");
    frame.drawColumns(svg, x, "deliveries per second, day and night, logarithmic");
    bills.costs().forEach(c -> drawLine(svg, c, FEWEST, "curve faint ", x, y));
    bills.costs().forEach(c -> drawLine(svg, c, MOST, "curve ", x, y));
    drawBreakEvens(svg, frame, x, y);
    bills.costs().forEach(c -> drawMarks(svg, c, x, y));
    return svg.toMarkup();
  }

  private double extreme(double rate, int connections, boolean most) {
    var totals =
        bills.costs().stream().mapToDouble(c -> c.billing().monthly(rate, connections).total());
    return drawn((most ? totals.max() : totals.min()).orElse(1));
  }

  /** A bill of nothing lies on the base: a user's own prices may be 0. */
  private static double drawn(double dollars) {
    return Math.max(LogScale.LEAST, dollars);
  }

  private static void drawLine(Svg svg, Cost cost, int connections, String style, Axis x, Axis y) {
    SvgPath path = new SvgPath();
    for (double rate : BillComparison.RATES) {
      double at = y.at(drawn(cost.billing().monthly(rate, connections).total()));
      if (path.isEmpty()) {
        path.move(x.at(rate), at);
      }
      path.line(x.at(rate), at);
    }
    svg.path(style + RunStyle.style(cost.entry()), path);
  }

  private static void drawMarks(Svg svg, Cost cost, Axis x, Axis y) {
    for (double rate : BillComparison.RATES) {
      double dollars = cost.billing().monthly(rate, MOST).total();
      svg.marker(cost.entry(), x.at(rate), y.at(drawn(dollars)), title(cost, rate, dollars));
    }
  }

  private static String title(Cost cost, double rate, double dollars) {
    return "%s, %s, %s connections: %s a month"
        .formatted(
            cost.entry().name(),
            UnitFormat.rate(rate),
            UnitFormat.count(MOST),
            Bill.dollars(dollars));
  }

  private void drawBreakEvens(Svg svg, ChartFrame frame, Axis x, Axis y) {
    List<BreakEven> drawn =
        bills.crossings().stream()
            .filter(BillComparison.Crossing::marked)
            .flatMap(c -> c.breakEven().stream())
            .filter(b -> inside(b.deliveriesPerSecond()))
            .toList();
    double lastLabel = Double.NEGATIVE_INFINITY;
    for (BreakEven each : drawn) {
      double at = x.at(each.deliveriesPerSecond());
      svg.line("slo", at, y.at(drawn(each.rentedDollars())), at, frame.bottom());
      if (Math.abs(at - lastLabel) > LABEL_WIDTH) {
        svg.text("slo", at, 6, frame.bottom() - 10, "break-even " + each.text());
        lastLabel = at;
      }
    }
  }

  private static boolean inside(double rate) {
    return rate >= BillComparison.RATES.get(0)
        && rate <= BillComparison.RATES.get(BillComparison.RATES.size() - 1);
  }
}
