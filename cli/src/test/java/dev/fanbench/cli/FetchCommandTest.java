package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FetchCommandTest {
  private static final String HOME = "fanbench.home";

  @TempDir Path home;

  private String before;

  @BeforeEach
  void workInAnotherFolder() {
    before = System.getProperty(HOME);
    System.setProperty(HOME, home.toString());
  }

  @AfterEach
  void workInTheFirstFolder() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  @Test
  void aCheckoutHasNothingToFetch() {
    assertEquals("0 Nothing to fetch: the build of a checkout has every part.\n", fetch());
  }

  @Test
  void aPartThatIsThereIsNotFetchedAgain() throws IOException {
    Path library = Files.createDirectory(home.resolve("lib"));
    Files.writeString(library.resolve("fetch.list"), "00ff a.group:part:1.0 part-1.0.jar\n");
    Files.createFile(library.resolve("part-1.0.jar"));

    assertEquals("0 part-1.0.jar is there already.\n", fetch());
  }

  private static String fetch() {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(new FetchCommand()).setOut(new PrintWriter(said));
    int exitCode = command.execute();
    return exitCode + " " + said.toString().replace("\r", "");
  }
}
