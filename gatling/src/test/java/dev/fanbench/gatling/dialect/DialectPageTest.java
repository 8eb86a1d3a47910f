package dev.fanbench.gatling.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code docs/dialects.md} lists the files that ship, and each of its examples is a dialect. */
class DialectPageTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final DialectFolder FOLDER =
      new DialectFolder(HOME, EnvironmentLookup.namesOnly());
  private static final Pattern TABLE =
      Pattern.compile(
          "(?<=\\| dialect \\| speaks \\| checked with \\|\n\\|---\\|---\\|---\\|\n)(\\|[^\n]*\n)*");

  @TempDir Path directory;

  /** {@code target/dialects.md} is the page to copy over the one in the docs. */
  @Test
  void tableIsThatOfTheFiles() throws IOException {
    String page = page();
    String rows = FOLDER.names().stream().map(DialectPageTest::row).collect(Collectors.joining());
    String expected = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(rows));
    Files.writeString(Path.of("target/dialects.md"), expected);
    assertEquals(expected, page);
  }

  private static String row(String name) {
    Dialect dialect = FOLDER.read(name, HOME);
    return "| [`%s`](../gatling/dialects/%1$s.conf) | %s | %s |\n"
        .formatted(name, dialect.about(), dialect.checked());
  }

  static List<String> examples() throws IOException {
    return Pattern.compile("```hocon\n(.*?)```", Pattern.DOTALL)
        .matcher(page())
        .results()
        .map(example -> example.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachExampleIsADialect(String example) throws IOException {
    Files.writeString(directory.resolve("example.conf"), example);
    assertEquals("example", FOLDER.read("example.conf", directory).name());
  }

  @Test
  void allKeysAndPlaceholdersAreExplained() throws IOException {
    String page = page();
    List<String> words =
        Stream.of(
                DialectReader.KEYS.stream(),
                FrameMatch.Kind.keys().stream(),
                Stream.of(Placeholder.values()).map(Placeholder::inBraces),
                Stream.of(FrameFunction.values()).map(FrameFunction::inBraces))
            .flatMap(each -> each)
            .toList();
    for (String word : words) {
      assertTrue(page.contains("\n| `" + word + "` |"), word);
    }
  }

  private static String page() throws IOException {
    return Files.readString(HOME.resolve("docs/dialects.md"));
  }
}
