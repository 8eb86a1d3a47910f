package dev.fanbench.emulator.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What AWS knows of a type of resource, as {@code resource-types.txt} has it. */
record ResourceType(Set<String> properties, Set<String> required, Set<String> attributes) {

  /** All types by name. */
  static Map<String, ResourceType> all() {
    try (InputStream in = ResourceType.class.getResourceAsStream("resource-types.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(": ", 2))
          .collect(
              Collectors.toMap(line -> line[0], line -> parse(line.length < 2 ? "" : line[1])));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static ResourceType parse(String line) {
    String[] sides = (line + " ").split("-> ?", 2);
    return new ResourceType(
        words(sides[0]).map(word -> word.replace("!", "")).collect(Collectors.toSet()),
        words(sides[0])
            .filter(word -> word.endsWith("!"))
            .map(word -> word.replace("!", ""))
            .collect(Collectors.toSet()),
        sides.length < 2 ? Set.of() : words(sides[1]).collect(Collectors.toSet()));
  }

  private static Stream<String> words(String text) {
    return Arrays.stream(text.split(" +")).filter(word -> !word.isEmpty());
  }
}
