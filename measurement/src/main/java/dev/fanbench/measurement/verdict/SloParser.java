package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.Percentile;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of {@link Slo}. */
final class SloParser {

  /** {@code [rank.]subject operator limit [@phase]}, blanks allowed around the operator. */
  private static final Pattern GRAMMAR =
      Pattern.compile(
          "(?:(?<rank>p[0-9.]*[0-9]|max|[A-Za-z0-9]+)\\.)?(?<subject>[A-Za-z]+)"
              + "\\s*(?<operator><=|>=|==|!=|<|>|=)\\s*(?<limit>[^@\\s]+)(?:\\s*@\\s*(?<phase>\\S+))?");

  private static final Pattern TIME =
      Pattern.compile("(?<number>[0-9]+(?:\\.[0-9]+)?)(?<unit>ns|us|µs|ms|s)");

  private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");

  private final String expression;

  private SloParser(String expression) {
    this.expression = expression;
  }

  static Slo parse(String text) {
    return new SloParser(text.strip()).parse();
  }

  private Slo parse() {
    Matcher parts = GRAMMAR.matcher(expression);
    if (!parts.matches()) {
      throw refusal("write rank.subject<time or count==number, as in p99.lastDelivery<250ms");
    }
    String subject = parts.group("subject");
    Optional<String> phase = Optional.ofNullable(parts.group("phase"));
    Bound bound = bound(parts.group("operator"));
    if (parts.group("rank") == null) {
      CountSlo.Subject count = countSubject(subject);
      return new CountSlo(expression, count, bound, count(parts.group("limit")), phase, true);
    }
    return new LatencySlo(
        expression,
        rank(parts.group("rank")),
        latencySubject(subject),
        upper(bound),
        nanos(parts.group("limit")),
        phase,
        true);
  }

  private Percentile rank(String label) {
    for (Percentile rank : Percentile.values()) {
      if (rank.label().equals(label)) {
        return rank;
      }
    }
    throw refusal("rank " + label + " is none of " + String.join(", ", Percentile.labels()));
  }

  private LatencySlo.Subject latencySubject(String label) {
    for (LatencySlo.Subject subject : LatencySlo.Subject.values()) {
      if (subject.label().equals(label)) {
        return subject;
      }
    }
    throw refusal(label + " is none of " + LatencySlo.Subject.labels());
  }

  private CountSlo.Subject countSubject(String label) {
    for (CountSlo.Subject subject : CountSlo.Subject.values()) {
      if (subject.label().equals(label)) {
        return subject;
      }
    }
    for (LatencySlo.Subject subject : LatencySlo.Subject.values()) {
      if (subject.label().equals(label)) {
        throw refusal(label + " needs a rank, one of " + String.join(", ", Percentile.labels()));
      }
    }
    throw refusal(label + " is none of " + CountSlo.Subject.labels());
  }

  private Bound bound(String symbol) {
    for (Bound bound : Bound.values()) {
      if (bound.symbol().equals(symbol)) {
        return bound;
      }
    }
    throw refusal("operator " + symbol + " is none of <, <=, ==");
  }

  private Bound upper(Bound bound) {
    if (bound == Bound.EQUAL) {
      throw refusal("a time is compared by < or <=");
    }
    return bound;
  }

  private long nanos(String limit) {
    Matcher time = TIME.matcher(limit);
    if (!time.matches()) {
      throw refusal("limit " + limit + " is no time such as 800us, 9.5ms or 2s");
    }
    int decimals =
        switch (time.group("unit")) {
          case "ns" -> 0;
          case "us", "µs" -> 3;
          case "ms" -> 6;
          default -> 9;
        };
    return new BigDecimal(time.group("number")).movePointRight(decimals).longValue();
  }

  private long count(String limit) {
    if (!COUNT.matcher(limit).matches()) {
      throw refusal("limit " + limit + " is no whole number");
    }
    return Long.parseLong(limit);
  }

  private IllegalArgumentException refusal(String why) {
    return new IllegalArgumentException("slo=" + expression + " is not allowed: " + why);
  }
}
