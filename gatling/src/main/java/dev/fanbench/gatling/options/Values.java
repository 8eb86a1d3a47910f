package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Typed reading of keys, each failure a {@link BadOption} that names key, value and allowed. */
final class Values {
  private final Config config;

  Values(Config config) {
    this.config = config;
  }

  boolean has(Key key) {
    return has(key.key());
  }

  boolean has(String path) {
    return config.hasPath(path);
  }

  Values in(String path) {
    if (!config.hasPath(path)) {
      throw new BadOption("The workload has no section named " + path + ", and one is needed.");
    }
    return new Values(typed(path, "a section in braces", () -> config.getConfig(path)));
  }

  boolean isList(String path) {
    return config.hasPath(path) && config.getValue(path).valueType() == ConfigValueType.LIST;
  }

  List<Values> list(String path) {
    return typed(path, "a list of sections in braces", () -> config.getConfigList(path)).stream()
        .map(Values::new)
        .toList();
  }

  String text(Key key) {
    return typed(key.key(), key.allowed(), () -> config.getString(key.key()));
  }

  Optional<String> optionalText(Key key) {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /** A HOCON list, or text separated by commas. */
  List<String> texts(String path) {
    return texts(path, ",");
  }

  /** A HOCON list, or text with this separator. */
  List<String> texts(String path, String separator) {
    if (!config.hasPath(path)) {
      return List.of();
    }
    if (config.getValue(path).valueType() == ConfigValueType.LIST) {
      return typed(path, "a list of texts", () -> config.getStringList(path));
    }
    return Arrays.stream(config.getString(path).split(separator, -1)).map(String::trim).toList();
  }

  int positive(String path) {
    return positive(path, Integer.MAX_VALUE, "a whole number from 1");
  }

  /** 0 where it is not given. */
  int optionalPositive(String path, int to) {
    return has(path) ? positive(path, to, "a whole number from 1 to " + to) : 0;
  }

  private int positive(String path, int to, String allowed) {
    int value = typed(path, allowed, () -> config.getInt(path));
    if (value < 1 || value > to) {
      throw BadOption.of(path, value, allowed);
    }
    return value;
  }

  double rate() {
    return optionalRate()
        .orElseThrow(() -> new BadOption("The workload gives no rate, and one is needed."));
  }

  Optional<Double> optionalRate() {
    String path = Key.RATE.key();
    if (!config.hasPath(path)) {
      return Optional.empty();
    }
    double rate = typed(path, Key.RATE.allowed(), () -> config.getDouble(path));
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw BadOption.of(path, config.getString(path), Key.RATE.allowed());
    }
    return Optional.of(rate);
  }

  double seconds(Key key, double atLeast) {
    double seconds =
        typed(key.key(), key.allowed(), () -> config.getDuration(key.key()).toNanos() / 1e9);
    if (seconds < atLeast) {
      throw BadOption.of(key.key(), config.getString(key.key()), key.allowed());
    }
    return seconds;
  }

  long seed() {
    return typed(Key.SEED.key(), Key.SEED.allowed(), () -> config.getLong(Key.SEED.key()));
  }

  int wholeNumber(Key key, int from, int to) {
    int value = typed(key.key(), key.allowed(), () -> config.getInt(key.key()));
    return inRange(key, value, from, to);
  }

  OptionalInt optionalWholeNumber(Key key, int from, int to) {
    return has(key) ? OptionalInt.of(wholeNumber(key, from, to)) : OptionalInt.empty();
  }

  /** A port, 0 or {@code on} for any; {@code off} for none. HOCON reads both words as booleans. */
  OptionalInt optionalPort(Key key) {
    String text = text(key);
    return switch (text) {
      case "off", "false" -> OptionalInt.empty();
      case "on", "true" -> OptionalInt.of(0);
      default -> OptionalInt.of(wholeNumber(key, 0, 65_535));
    };
  }

  List<Integer> wholeNumbers(Key key, int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (String text : texts(key.key())) {
      try {
        numbers.add(inRange(key, Integer.parseInt(text), from, to));
      } catch (NumberFormatException e) {
        throw BadOption.of(key.key(), text, key.allowed());
      }
    }
    return numbers;
  }

  /** A number from 0 to {@code most}. */
  double share(Key key, double most) {
    double share = typed(key.key(), key.allowed(), () -> config.getDouble(key.key()));
    if (!(share >= 0 && share <= most)) {
      throw BadOption.of(key.key(), text(key), key.allowed());
    }
    return share;
  }

  <E extends Enum<E>> E choice(Key key, Class<E> type) {
    String text = text(key);
    for (E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    throw BadOption.of(key.key(), text, key.allowed());
  }

  /** One of {@code allowed}, which the key's own text names. */
  String oneOf(Key key, String... allowed) {
    String text = text(key);
    if (!Arrays.asList(allowed).contains(text)) {
      throw BadOption.of(key.key(), text, key.allowed());
    }
    return text;
  }

  private static int inRange(Key key, int value, int from, int to) {
    if (value < from || value > to) {
      throw BadOption.of(key.key(), value, key.allowed());
    }
    return value;
  }

  private <T> T typed(String path, String allowed, Supplier<T> read) {
    try {
      return read.get();
    } catch (ConfigException.Missing e) {
      throw new BadOption(path + " is missing; it is " + allowed + ".");
    } catch (ConfigException e) {
      throw BadOption.of(path, config.getValue(path).unwrapped(), allowed);
    }
  }
}
