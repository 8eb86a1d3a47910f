package dev.fanbench.gatling.options;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One option: its key, default, parser, allowed values, help and group. Everything that is said of
 * an option anywhere comes from here. Immutable.
 *
 * <pre>{@code
 * Option<Integer> parts =
 *     Option.wholeNumber("parts", 1, 1000).or("1").help("Equal parts of a phase.", RESULTS);
 * }</pre>
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  private final String key;
  private final String allowed;
  private final Function<String, T> parser;
  private final String defaultText;
  private final String help;
  private final OptionGroup group;
  private final String separator;

  private Option(
      String key,
      String allowed,
      Function<String, T> parser,
      String defaultText,
      String help,
      OptionGroup group,
      String separator) {
    this.key = key;
    this.allowed = allowed;
    this.parser = parser;
    this.defaultText = defaultText;
    this.help = help;
    this.group = group;
    this.separator = separator;
  }

  /**
   * An option with a parser of its own.
   *
   * @param allowed the values it takes, to end the sentence "key takes …"
   * @param parser throws {@link IllegalArgumentException} for a value that is not allowed
   */
  static <T> Option<T> of(String key, String allowed, Function<String, T> parser) {
    return new Option<>(key, allowed, parser, null, "", OptionGroup.RESULTS, ",");
  }

  /** Any text. */
  static Option<String> text(String key, String allowed) {
    return of(key, allowed, text -> text);
  }

  /** Texts with commas between. */
  static Option<List<String>> texts(String key, String allowed) {
    return texts(key, allowed, ",");
  }

  /** Texts with this separator between. */
  static Option<List<String>> texts(String key, String allowed, String separator) {
    return new Option<>(
        key,
        allowed,
        text -> Arrays.stream(text.split(separator, -1)).map(String::trim).toList(),
        null,
        "",
        OptionGroup.RESULTS,
        separator);
  }

  /** One of these words. */
  static Option<String> choice(String key, List<String> words) {
    return of(
        key,
        inWords(words),
        text -> {
          require(words.contains(text));
          return text;
        });
  }

  /** {@code on} or {@code off}. */
  static Option<Boolean> onOff(String key) {
    return of(
        key,
        "on or off",
        text -> {
          require(text.equals("on") || text.equals("off"));
          return text.equals("on");
        });
  }

  /** A constant of an enum, in lower case. */
  static <E extends Enum<E>> Option<E> constant(String key, Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    return of(
        key,
        inWords(constants.stream().map(Option::word).toList()),
        text ->
            constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /** A whole number from {@code from} to {@code to}. */
  static Option<Integer> wholeNumber(String key, int from, int to) {
    return of(
        key, "a whole number from %d to %d".formatted(from, to), text -> within(text, from, to));
  }

  /** Whole numbers with commas between. */
  static Option<List<Integer>> wholeNumbers(String key, int from, int to, String allowed) {
    return of(
        key,
        allowed,
        text ->
            Arrays.stream(text.split(",", -1))
                .map(String::trim)
                .map(each -> within(each, from, to))
                .toList());
  }

  /** A number over 0, or from 0 to {@code most}. */
  static Option<Double> number(String key, double least, double most, String allowed) {
    return of(
        key,
        allowed,
        text -> {
          double number = new BigDecimal(text).doubleValue();
          require(number >= least && number <= most);
          return number;
        });
  }

  /**
   * A time such as {@code 15s} or {@code 5m}, in seconds.
   *
   * @param least in seconds
   * @param most in seconds
   */
  public static Option<Double> seconds(String key, double least, double most, String allowed) {
    return of(
        key,
        allowed,
        text -> {
          double seconds = seconds(text);
          require(seconds >= least && seconds <= most);
          return seconds;
        });
  }

  /** A time as workload files write it, in seconds. */
  static double seconds(String text) {
    try {
      return ConfigValueFactory.fromAnyRef(text).atKey("time").getDuration("time").toNanos() / 1e9;
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Throws the exception of a parser unless {@code allowed}. */
  static void require(boolean allowed) {
    if (!allowed) {
      throw new IllegalArgumentException();
    }
  }

  /** A whole number in a range, for parsers. */
  static int within(String text, int from, int to) {
    int number = Integer.parseInt(text);
    require(number >= from && number <= to);
    return number;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String inWords(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** The same option with this default, which is parsed like a value that was typed. */
  Option<T> or(String text) {
    return new Option<>(key, allowed, parser, text, help, group, separator);
  }

  /** The same option with a help text: one or two sentences that do not repeat the values. */
  Option<T> help(String text, OptionGroup listedIn) {
    return new Option<>(key, allowed, parser, defaultText, text, listedIn, separator);
  }

  /**
   * Reads a value.
   *
   * @throws BadOption when it is not allowed
   */
  public T parse(String text) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw BadOption.of(key, text, allowed);
    }
  }

  /** The error for a value that is not allowed. */
  BadOption bad(Object value) {
    return BadOption.of(key, value, allowed);
  }

  /** The key, as typed after {@code fanbench.} or in a workload file. */
  public String key() {
    return key;
  }

  /** The values it takes, in words. */
  public String allowed() {
    return allowed;
  }

  /** The default, as it would be typed; empty for none. */
  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultText);
  }

  /** One or two sentences. */
  public String help() {
    return help;
  }

  /** The group it is listed in. */
  public OptionGroup group() {
    return group;
  }

  /** The text between the elements of a list. */
  String separator() {
    return separator;
  }

  /** Options with the same key, from any declaration, are the same option. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Option<?> option && option.key.equals(key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key);
  }

  @Override
  public String toString() {
    return key;
  }

  /** All options of a list, typed or not. */
  static List<Option<?>> list(List<? extends Option<?>> some, List<? extends Option<?>> more) {
    return Stream.<Option<?>>concat(some.stream(), more.stream()).toList();
  }
}
