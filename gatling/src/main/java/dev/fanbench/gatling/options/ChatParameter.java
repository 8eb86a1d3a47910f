package dev.fanbench.gatling.options;

import java.util.List;
import java.util.Locale;

/**
 * A setting of the serverless chat: a parameter of its template.
 *
 * @param name in the template, such as {@code StaleGraceSeconds}
 * @param option the same as an option of a run, such as {@code staleGrace}; its values are in the
 *     one spelling that run directories have
 */
public record ChatParameter(String name, Option<String> option) {
  private static final String SECONDS = "Seconds";
  private static final int SECONDS_PER_HOUR = 3_600;

  /** A parameter that takes some words. */
  static ChatParameter choice(String name, String otherwise, String help, List<String> words) {
    return new ChatParameter(name, finish(Option.choice(key(name), words), otherwise, help));
  }

  /**
   * A parameter that takes numbers. One that counts seconds is an option that takes times.
   *
   * @param least and {@code most} as the template has them
   */
  static ChatParameter number(String name, String otherwise, String help, int least, int most) {
    String key = key(name);
    if (!name.endsWith(SECONDS)) {
      Option<Integer> number = Option.wholeNumber(key, least, most);
      return new ChatParameter(
          name,
          finish(
              Option.of(key, number.allowed(), text -> number.parse(text).toString()),
              otherwise,
              help));
    }
    String allowed = "whole seconds from %s to %s".formatted(time(least), time(most));
    return new ChatParameter(
        name,
        finish(
            Option.of(key, allowed, text -> wholeSeconds(text, least, most) + "s"),
            otherwise + "s",
            help));
  }

  private static Option<String> finish(Option<String> option, String otherwise, String help) {
    return option.or(otherwise).help(help, OptionGroup.CHAT);
  }

  private static String key(String name) {
    String word = name.endsWith(SECONDS) ? name.replace(SECONDS, "") : name;
    return word.substring(0, 1).toLowerCase(Locale.ROOT) + word.substring(1);
  }

  private static long wholeSeconds(String text, int least, int most) {
    double seconds = Option.seconds(text);
    Option.require(seconds >= least && seconds <= most && seconds == Math.rint(seconds));
    return (long) seconds;
  }

  private static String time(int seconds) {
    return seconds > 0 && seconds % SECONDS_PER_HOUR == 0
        ? seconds / SECONDS_PER_HOUR + "h"
        : seconds + "s";
  }

  /**
   * The argument that gives the template this value.
   *
   * @param value of the option, in its one spelling
   */
  public String argument(String value) {
    return name + "=" + (name.endsWith(SECONDS) ? value.replace("s", "") : value);
  }
}
