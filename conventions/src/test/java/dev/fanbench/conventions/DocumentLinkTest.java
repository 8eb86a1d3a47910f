package dev.fanbench.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the documentation lead to files and headings that exist. */
class DocumentLinkTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      String text = FENCED.matcher(Files.readString(document)).replaceAll("");
      for (String link : LINK.matcher(text).results().map(found -> found.group(1)).toList()) {
        if (!link.matches("[a-z]+:.*") && !exists(document, link)) {
          broken.add(HOME.relativize(document) + " -> " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void listForLanguageModelsHasEveryPage() throws IOException {
    String list = Files.readString(HOME.resolve("llms.txt"));
    List<String> left = new ArrayList<>();
    try (Stream<Path> pages = Files.list(HOME.resolve("docs"))) {
      pages
          .map(page -> HOME.relativize(page).toString())
          .filter(page -> page.endsWith(".md") && !list.contains("(" + page + ")"))
          .forEach(left::add);
    }
    assertEquals(List.of(), left);
  }

  private static boolean exists(Path document, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
    if (!Files.exists(file)) {
      return false;
    }
    return parts.length == 1
        || !file.toString().endsWith(".md")
        || Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("#"))
            .anyMatch(line -> anchor(line).equals(parts[1]));
  }

  /** The anchor that GitHub gives a heading. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+\\s+", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(HOME)) {
      return Stream.concat(
              files.filter(file -> file.toString().endsWith(".md")),
              Stream.of(HOME.resolve("llms.txt")))
          .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.git)/.*"))
          .filter(file -> !HOME.relativize(file).startsWith("reports"))
          .toList();
    }
  }
}
