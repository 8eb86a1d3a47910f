package dev.fanbench.conventions;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The numbers of places that may still break a rule, by rule and module. They may only fall: more
 * is a failure, and so is a number in the file that is higher than the count. Immutable.
 */
public final class Ratchet {
  private static final int SHOWN = 15;

  private final Map<String, Integer> allowed;

  private Ratchet(Map<String, Integer> allowed) {
    this.allowed = allowed;
  }

  /**
   * Reads {@code rule.module=number} lines.
   *
   * @throws IOException if the file cannot be read
   * @throws NumberFormatException if a value is no whole number
   */
  public static Ratchet read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<String, Integer> allowed = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      allowed.put(key, Integer.valueOf(properties.getProperty(key).strip()));
    }
    return new Ratchet(allowed);
  }

  /**
   * Compares the findings with the numbers.
   *
   * @return one sentence for each number that differs, with the findings where there are too many
   */
  public List<String> differences(List<BrokenRule> findings) {
    Map<String, List<BrokenRule>> found =
        findings.stream().collect(Collectors.groupingBy(Ratchet::key));
    TreeSet<String> keys = new TreeSet<>(allowed.keySet());
    keys.addAll(found.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      List<BrokenRule> places = found.getOrDefault(key, List.of());
      int most = allowed.getOrDefault(key, 0);
      if (places.size() > most) {
        differences.add(tooMany(key, most, places));
      } else if (places.size() < most) {
        differences.add("%s=%d is too high; write %s=%d".formatted(key, most, key, places.size()));
      }
    }
    return differences;
  }

  private static String tooMany(String key, int most, List<BrokenRule> places) {
    return places.stream()
        .limit(SHOWN)
        .map(BrokenRule::toString)
        .collect(
            Collectors.joining(
                "\n  ",
                "%s: %d, allowed are %d (%s)\n  "
                    .formatted(key, places.size(), most, places.get(0).rule().sentence()),
                places.size() > SHOWN ? "\n  …" : ""));
  }

  private static String key(BrokenRule finding) {
    return finding.rule().key() + "." + finding.module();
  }
}
