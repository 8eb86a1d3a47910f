package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionTableTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final OptionIndex INDEX = OptionIndex.of(HOME);

  @Test
  void eachOptionIsDeclaredOnceWithADefaultThatItTakesAndAHelp() {
    Set<String> keys = new HashSet<>();
    for (Option<?> option : INDEX.options()) {
      assertTrue(keys.add(option.key()), option.key());
      assertFalse(option.help().isBlank(), option.key());
      assertTrue(option.help().endsWith("."), option.key());
      option.defaultText().ifPresent(option::parse);
    }
  }

  @Test
  void linesFitATerminal() {
    OptionTable.text(INDEX).lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  /** The page in the docs is the table; {@code target/options.md} is the one to copy over it. */
  @Test
  void optionsPageIsTheTable() throws IOException {
    String page =
        """
        # Options

        Each option is `-Dfanbench.KEY=VALUE` for `mvn gatling:test`, `KEY=VALUE` for `./fanbench run`, and
        `KEY = VALUE` in a workload file. The command line wins over the file, and the file over the default.
        A relative path to a file starts at the current folder or, if there is none, at the top folder of fanbench.
        `header.NAME` sends one more header with every connect. This page is generated from the code.
        """
            + OptionTable.markdown(INDEX);
    Files.writeString(Path.of("target/options.md"), page);
    assertEquals(page, Files.readString(HOME.resolve("docs/options.md")));
  }
}
