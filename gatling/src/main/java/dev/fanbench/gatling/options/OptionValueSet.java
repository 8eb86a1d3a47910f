package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Optional;

/**
 * Values of options: typed ones over those of a workload file over the defaults. Each failure is a
 * {@link BadOption} that names the key, the value and the values allowed. Immutable.
 */
final class OptionValueSet {
  private final Config config;

  OptionValueSet(Config config) {
    this.config = config;
  }

  boolean has(Option<?> option) {
    return has(option.key());
  }

  boolean has(String path) {
    return config.hasPath(path);
  }

  /** The value of an option, or its default. */
  <T> T get(Option<T> option) {
    return find(option)
        .orElseThrow(
            () -> new BadOption(option.key() + " is missing; it takes " + option.allowed() + "."));
  }

  /** The value of an option, or its default; empty for one without. */
  <T> Optional<T> find(Option<T> option) {
    return text(option).map(option::parse);
  }

  /**
   * The text that {@link #find} reads: as typed, a list with its separators; none for an empty
   * list.
   */
  Optional<String> text(Option<?> option) {
    if (!has(option)) {
      return option.defaultText();
    }
    if (!(config.getValue(option.key()) instanceof ConfigList list)) {
      return Optional.of(scalar(option.key(), option.allowed()));
    }
    return list.unwrapped().stream()
        .map(String::valueOf)
        .reduce((some, more) -> some + option.separator() + more);
  }

  private String scalar(String path, String allowed) {
    try {
      return config.getString(path);
    } catch (ConfigException e) {
      throw BadOption.of(path, config.getValue(path).unwrapped(), allowed);
    }
  }

  OptionValueSet in(String path) {
    if (!config.hasPath(path)) {
      throw new BadOption("The workload has no section named " + path + ", and one is needed.");
    }
    try {
      return new OptionValueSet(config.getConfig(path));
    } catch (ConfigException e) {
      throw BadOption.of(path, config.getValue(path).unwrapped(), "a section in braces");
    }
  }

  boolean isList(String path) {
    return config.hasPath(path) && config.getValue(path).valueType() == ConfigValueType.LIST;
  }

  List<OptionValueSet> list(String path) {
    try {
      return config.getConfigList(path).stream().map(OptionValueSet::new).toList();
    } catch (ConfigException.Missing e) {
      throw new BadOption(path + " is missing; it takes a list of sections in braces.");
    } catch (ConfigException e) {
      throw BadOption.of(path, config.getValue(path).unwrapped(), "a list of sections in braces");
    }
  }

  /** A number of a section, from 1. */
  int positive(String path) {
    return get(
        Option.of(
            path, "a whole number from 1", text -> Option.within(text, 1, Integer.MAX_VALUE)));
  }

  /** A number of a section, from 1; 0 where it is not given. */
  int optionalPositive(String path, int most) {
    return find(Option.wholeNumber(path, 1, most)).orElse(0);
  }
}
