package dev.fanbench.reports.page;

import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.reports.chart.RunStyle;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A comparison as one self-contained HTML page: inline style and SVG, nothing to fetch, complete
 * without its script. The text is well-formed XML too.
 */
public final class HtmlPage {

  /** Indentation of a resource, a tenth of its bytes. */
  private static final Pattern INDENT = Pattern.compile("^ +", Pattern.MULTILINE);

  /** Spaces of a style sheet that mean nothing, a tenth of its bytes too. */
  private static final Pattern STYLE_SPACES = Pattern.compile("(?<=[{};:,])\\s+|\\s+(?=[{}])");

  private HtmlPage() {}

  /** The page of this comparison; equal comparisons give equal pages. */
  public static String of(ReportModel comparison) {
    return of(comparison, List.of(), List.of());
  }

  /**
   * The page of runs and of what was found beside them.
   *
   * @param searches what the runs confirmed; mostly none
   * @param jmh results of microbenchmarks; mostly none
   */
  public static String of(ReportModel comparison, List<SearchResult> searches, List<JmhFile> jmh) {
    return whole(
            searches.isEmpty() ? comparison.finding().sentence() : searches.get(0).sentence(),
            sections(comparison, searches, jmh),
            Markup.join(EmbeddedJson.of(comparison), SCRIPT))
        .toString();
  }

  /**
   * A page of the report's look.
   *
   * @param title after the program's name
   * @param main what is read
   * @param rest what is not
   */
  static Markup whole(String title, Markup main, Markup rest) {
    return whole(title, Markup.EMPTY, main, rest);
  }

  /**
   * The same.
   *
   * @param head what a browser is told besides
   */
  static Markup whole(String title, Markup head, Markup main, Markup rest) {
    return Markup.of(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        {}<title>fanbench: {}</title>
        <style>{}</style>
        </head>
        <body>
        {}<main>
        {}</main>
        {}</body>
        </html>
        """,
        head,
        title,
        Markup.raw(STYLE_SPACES.matcher(styleSheet().toString()).replaceAll("")),
        SHARED,
        main,
        rest);
  }

  private static final Markup SHARED =
      Markup.of(
          """
          <svg width="0" height="0" class="defs" aria-hidden="true"><defs>\
          <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" \
          patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="7"/></pattern>\
          {}</defs></svg>
          """,
          RunStyle.symbols());

  /** Shows the values of a drawing under the pointer. */
  static final Markup SCRIPT = Markup.of("<script>\n{}</script>\n", resource("report.js"));

  private static final Markup BRAND =
      Markup.of(
          "<header><p class=\"brand\"><strong>fanbench</strong> <span>How long until the last person"
              + " in the room sees the message?</span></p></header>\n");

  private static final Markup PAPER =
      Markup.of(
          "<p class=\"paper-only\">The page itself also has delivery counts, maps of further fan-outs,"
              + " further series of each table, the environment and all counters.</p>\n");

  private static Markup sections(
      ReportModel comparison, List<SearchResult> searches, List<JmhFile> jmh) {
    Markup content = content(comparison, searches, jmh);
    return Markup.join(BRAND, SectionMenu.of(content), content);
  }

  private static Markup content(
      ReportModel comparison, List<SearchResult> searches, List<JmhFile> jmh) {
    Markup fanOut = FanOutSection.of(comparison);
    return Stream.of(
            SearchSection.of(searches),
            searches.isEmpty() ? FindingSection.of(comparison) : Markup.EMPTY,
            fanOut == Markup.EMPTY ? HeadlineSection.first(comparison) : fanOut,
            FindingSection.cautions(comparison),
            VerdictSection.of(comparison),
            RunCard.of(comparison),
            RecoverySection.of(comparison),
            fanOut == Markup.EMPTY ? fanOut : HeadlineSection.of(comparison),
            FairnessSection.of(comparison),
            ReadingSection.of(comparison),
            ServerSection.of(comparison),
            SettingsSection.of(comparison),
            TimelineSection.of(comparison),
            MapSection.of(comparison),
            ConnectSection.of(comparison),
            RoundTripSection.of(comparison),
            IdleSection.of(comparison),
            CpuSection.of(comparison),
            MicrobenchmarkSection.of(jmh),
            CostSection.of(comparison),
            SensitivitySection.of(comparison),
            AllPhasesSection.of(comparison),
            FailureSection.of(comparison),
            WorkloadSection.of(comparison),
            EnvironmentSection.of(comparison),
            MemorySection.of(comparison),
            CountersSection.of(comparison),
            LimitsSection.of(comparison),
            PAPER)
        .collect(Markup.joining());
  }

  /** The page's style, for pictures taken from it too. */
  public static Markup styleSheet() {
    return resource("report.css");
  }

  /** A style sheet or script of this package. */
  static Markup resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Markup.raw(INDENT.matcher(text).replaceAll(""));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is not on the class path", e);
    }
  }
}
