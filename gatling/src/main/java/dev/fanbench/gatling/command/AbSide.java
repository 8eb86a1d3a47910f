package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.OptionCatalog;
import dev.fanbench.gatling.options.OptionIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of two things to compare: a target, settings, or another build.
 *
 * @param name as it was typed
 * @param home checkout or release whose build is run
 * @param settings beside those that both sides share
 */
record AbSide(String name, Path home, SettingList settings) {

  private static final String STANDARD = "standard";
  private static final String BUILD = "build=";

  /** A comma before a key; other commas belong to a value, as in {@code subscribers=1,10}. */
  private static final String BEFORE_A_KEY = ",(?=[A-Za-z.-]+=)";

  /**
   * Reads {@code netty}, {@code wss://…}, {@code broadcast=serial,rate=20}, {@code build=../other}
   * or {@code standard}.
   *
   * @throws BadOption when the build is neither a checkout nor a release
   */
  static AbSide parse(String text, Path home) {
    Path build = home;
    List<String> words = new ArrayList<>();
    for (String word : text.split(BEFORE_A_KEY, -1)) {
      if (word.startsWith(BUILD)) {
        build = Path.of(word.substring(BUILD.length())).toAbsolutePath().normalize();
      } else if (!word.equals(STANDARD)) {
        words.add(word);
      }
    }
    if (!Files.isRegularFile(build.resolve(LoadProcess.JVM_ARGUMENTS))) {
      throw BadOption.of("build", build, "the top directory of a checkout or release of fanbench");
    }
    return new AbSide(text, build, SettingList.of(words, OptionCatalog.TARGET));
  }

  /**
   * Whether it changes a setting of the serverless chat.
   *
   * @param index the options of this checkout; another build may have no index
   */
  boolean isServerless(OptionIndex index) {
    return settings.values().keySet().stream().anyMatch(index::isChatSetting);
  }
}
