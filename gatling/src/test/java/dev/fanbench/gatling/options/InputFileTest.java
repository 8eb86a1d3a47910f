package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release lies elsewhere than the files of its user. */
class InputFileTest {
  private static final String NAME = "mine.conf";

  @TempDir private Path current;
  @TempDir private Path home;

  @Test
  void theCurrentFolderComesBeforeTheTopFolder() throws IOException {
    assertEquals(home, InputFile.base(current, home, NAME));
    Files.createFile(home.resolve(NAME));
    assertEquals(home, InputFile.base(current, home, NAME));
    Files.createFile(current.resolve(NAME));
    assertEquals(current, InputFile.base(current, home, NAME));
  }

  @Test
  void anAbsolutePathStaysAsItIs() {
    String file = current.resolve(NAME).toString();
    assertEquals(Path.of(file), InputFile.base(current, home, file).resolve(file));
  }

  /** The tests of a module run in its folder. */
  @Test
  void aFileOfTheCurrentFolderIsFound() {
    assertTrue(Files.isRegularFile(InputFile.of(home, "load.jvmargs")));
  }
}
