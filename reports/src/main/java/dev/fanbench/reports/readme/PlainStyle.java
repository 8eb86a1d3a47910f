package dev.fanbench.reports.readme;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the page's style sheet without variables, in its light colours. Many viewers of SVG files
 * know no variables, and draw everything that uses one in black.
 */
final class PlainStyle {
  /** The colours by their names, those of dark screens included. */
  private static final Pattern PALETTE =
      Pattern.compile("(?:@media [^{]*\\{\\s*)?:root \\{[^}]*}(?:\\s*})?");

  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
  private static final Pattern DEFINITION = Pattern.compile("(--[a-z0-9]+): ([^;]+);");
  private static final Pattern USE = Pattern.compile("var\\((--[a-z0-9]+)\\)");

  private final Map<String, String> colours = new LinkedHashMap<>();

  /** The values that a series gives to its variables, by the series' selector. */
  private final Map<String, Map<String, String>> series = new LinkedHashMap<>();

  private PlainStyle() {}

  /** The style sheet with each variable's value in its place. */
  static String of(String styleSheet) {
    PlainStyle style = new PlainStyle();
    DEFINITION
        .matcher(styleSheet.substring(0, styleSheet.indexOf('}')))
        .results()
        .forEach(d -> style.colours.put(d.group(1), d.group(2)));
    String rules = replaced(PALETTE.matcher(styleSheet).replaceAll(""), style.colours);
    String others = RULE.matcher(rules).replaceAll(r -> quoted(style.withoutDefinitions(r)));
    return RULE.matcher(others).replaceAll(r -> quoted(style.forEachSeries(r)));
  }

  private String withoutDefinitions(MatchResult rule) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher definitions = DEFINITION.matcher(rule.group(2));
    while (definitions.find()) {
      values.put(definitions.group(1), definitions.group(2));
    }
    if (values.isEmpty()) {
      return rule.group();
    }
    series.put(rule.group(1).strip(), values);
    return "";
  }

  /** A rule that uses a series' variable, once for each series. */
  private String forEachSeries(MatchResult rule) {
    if (!USE.matcher(rule.group(2)).find()) {
      return rule.group();
    }
    return series.entrySet().stream()
        .map(
            each ->
                selectors(each.getKey(), rule.group(1))
                    + " {"
                    + replaced(rule.group(2), each.getValue())
                    + "}")
        .collect(Collectors.joining("\n", "\n", ""));
  }

  /** A thing of a series is in an element that names the series, or names it itself. */
  private static String selectors(String series, String selectors) {
    return Stream.of(selectors.split(",", -1))
        .map(String::strip)
        .flatMap(each -> Stream.of(series + " " + each, series + each))
        .collect(Collectors.joining(", "));
  }

  private static String replaced(String text, Map<String, String> values) {
    return USE.matcher(text)
        .replaceAll(use -> quoted(values.getOrDefault(use.group(1), use.group())));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
