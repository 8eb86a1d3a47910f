package dev.fanbench.reports;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of the text format of Prometheus, version 0.0.4, written from its description.
 */
public final class PrometheusFormat {
  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) (" + NAME + ") ((?:[^\\\\\n]|\\\\[\\\\n])+)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (NaN|[+-]Inf|-?[0-9]+(?:\\.[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\n]|\\\\[\\\\\"n])*)\"(,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  private final Map<String, String> types = new HashMap<>();
  private final Set<String> helped = new HashSet<>();
  private final Set<String> over = new HashSet<>();
  private final Map<Map<String, String>, Double> samples = new LinkedHashMap<>();
  private String current = "";

  private PrometheusFormat() {}

  /**
   * The samples of a text by their labels, with the name of the metric as the label {@code ""}.
   *
   * @throws IllegalArgumentException for a text that breaks the format
   */
  public static Map<Map<String, String>, Double> read(String text) {
    PrometheusFormat format = new PrometheusFormat();
    require(text.endsWith("\n"), "the last line has no end");
    for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
      if (line.startsWith("#")) {
        format.comment(line);
      } else {
        format.sample(line);
      }
    }
    return format.samples;
  }

  private void comment(String line) {
    Matcher parts = COMMENT.matcher(line);
    require(parts.matches(), line);
    String name = parts.group(2);
    enter(name);
    if (parts.group(1).equals("HELP")) {
      require(helped.add(name), "told twice: " + line);
      return;
    }
    require(TYPES.contains(parts.group(3)), line);
    require(types.put(name, parts.group(3)) == null, "typed twice: " + line);
    require(
        name.endsWith("_total") == parts.group(3).equals("counter"), "misnamed counter: " + line);
  }

  /** All lines of a metric stand together. */
  private void enter(String name) {
    if (!name.equals(current)) {
      require(!over.contains(name), "lines of other metrics stand in between: " + name);
      over.add(current);
      current = name;
    }
  }

  private void sample(String line) {
    Matcher parts = SAMPLE.matcher(line);
    require(parts.matches(), line);
    enter(parts.group(1));
    require(types.containsKey(parts.group(1)), "no type before: " + line);
    Map<String, String> labels = labels(parts.group(2) == null ? "" : parts.group(2));
    labels.put("", parts.group(1));
    double value = Double.parseDouble(parts.group(3).replace("Inf", "Infinity"));
    require(samples.put(labels, value) == null, "twice: " + line);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher each = LABEL.matcher(text);
    int at = 0;
    while (at < text.length()) {
      require(each.find(at) && each.start() == at, text);
      require(labels.put(each.group(1), unescaped(each.group(2))) == null, text);
      at = each.end();
    }
    return labels;
  }

  private static String unescaped(String value) {
    return Pattern.compile("\\\\(.)")
        .matcher(value)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(escape.group(1).equals("n") ? "\n" : escape.group(1)));
  }

  private static void require(boolean allowed, String why) {
    if (!allowed) {
      throw new IllegalArgumentException(why);
    }
  }
}
