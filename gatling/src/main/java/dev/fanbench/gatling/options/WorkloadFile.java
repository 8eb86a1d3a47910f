package dev.fanbench.gatling.options;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fanbench.gatling.dialect.HoconMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds workload files and checks their keys. {@link WorkloadReader} reads their values. */
public final class WorkloadFile {
  /** Keys of a workload file that are sections or lists, not options of their own. */
  private static final Set<String> SECTIONS =
      Set.of("cold", "idle", "connect", "echo", "chat", "fanout", ThresholdSet.ASK);

  private static final Map<String, Set<String>> SECTION_KEYS =
      Map.of(
          "cold", Set.of("count", "rate"),
          "idle", Set.of("connections", "duration"),
          "connect", Set.of("count", "rate"),
          "echo", Set.of("count", "rate", "clients"),
          "chat", Set.of("count", "rate", "rooms"),
          "fanout",
              Set.of(
                  "subscribers",
                  "count",
                  "rate",
                  "rooms",
                  "roomsPerClient",
                  "churn",
                  "slow",
                  "chatter",
                  "parts",
                  "publishers",
                  "outage"));

  private WorkloadFile() {}

  /**
   * The keys of one that ships, or of any file.
   *
   * @param home the checkout
   * @param word its name in {@code gatling/workloads} without {@code .conf}, or a path
   * @param known the options that a file may set
   * @throws BadOption when there is none, it cannot be read, or it has an unknown key
   */
  static Config read(Path home, String word, OptionIndex known) {
    Path named = home.resolve("gatling/workloads").resolve(word + ".conf");
    Path file = Files.isRegularFile(named) ? named : InputFile.of(home, word);
    if (!Files.isRegularFile(file)) {
      throw BadOption.of(
          OptionCatalog.WORKLOAD.key(),
          word,
          "one of " + String.join(", ", names(home)) + ", or a path to a file");
    }
    try {
      Config config =
          ConfigFactory.parseFile(
              file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      checkKeys(file, config, known);
      return config.resolve();
    } catch (ConfigException e) {
      throw new BadOption(HoconMistake.sentence(file.getFileName().toString(), e));
    }
  }

  private static void checkKeys(Path file, Config config, OptionIndex known) {
    for (String key : config.root().keySet()) {
      if (!SECTIONS.contains(key) && !known.isKnown(key)) {
        throw new BadOption(file.getFileName() + ": " + known.unknown(key).getMessage());
      }
    }
    SECTION_KEYS.forEach(
        (section, keys) -> {
          if (config.hasPath(section)) {
            for (Config each : sections(file, config, section)) {
              checkSection(file, section, keys, each);
            }
          }
        });
  }

  private static List<? extends Config> sections(Path file, Config config, String path) {
    ConfigValue value = config.getValue(path);
    try {
      return value.valueType() == ConfigValueType.LIST
          ? config.getConfigList(path)
          : List.of(config.getConfig(path));
    } catch (ConfigException.WrongType wrong) {
      throw new BadOption(
          "%s, line %d: %s=%s is not allowed; %3$s takes a section in braces, or a list of them."
              .formatted(file.getFileName(), value.origin().lineNumber(), path, value.unwrapped()));
    }
  }

  private static void checkSection(Path file, String section, Set<String> keys, Config config) {
    for (String key : config.root().keySet()) {
      if (!keys.contains(key)) {
        throw new BadOption(
            String.format(
                "%s: %s.%s is not a known key; known are %s.",
                file.getFileName(),
                section,
                key,
                String.join(", ", keys.stream().sorted().toList())));
      }
    }
  }

  /**
   * The names of the workloads of a checkout, sorted.
   *
   * @throws BadOption when the folder has none
   */
  public static List<String> names(Path home) {
    Path directory = home.resolve("gatling/workloads");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".conf"))
          .map(f -> f.substring(0, f.length() - ".conf".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new BadOption("There are no workloads in " + directory + ": it cannot be read.");
    }
  }
}
