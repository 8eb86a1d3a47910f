package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of a run that {@code ab} or {@code search} starts. */
class LoadProcessTest {
  @TempDir private Path release;
  private final Optional<String> results =
      Optional.ofNullable(System.getProperty(WorkFolder.RESULTS));

  @BeforeEach
  void makeRelease() throws IOException {
    Path library = Files.createDirectory(release.resolve("lib"));
    Files.writeString(library.resolve("gatling.classpath"), "fanbench-gatling.jar\n");
  }

  @AfterEach
  void restore() {
    System.clearProperty(WorkFolder.RESULTS);
    results.ifPresent(folder -> System.setProperty(WorkFolder.RESULTS, folder));
  }

  @Test
  void aRunOfAReleaseWritesWhereItsCommandDoes() throws IOException {
    System.setProperty(WorkFolder.RESULTS, "/results/here");
    List<String> words = words();
    assertTrue(words.contains("-Dfanbench.home=" + release), words::toString);
    assertTrue(words.contains("-Dfanbench.results=/results/here"), words::toString);
  }

  @Test
  void aRunOfACheckoutWritesBelowIt() throws IOException {
    System.clearProperty(WorkFolder.RESULTS);
    assertEquals(
        List.of("-Dfanbench.home=" + release),
        words().stream().filter(word -> word.startsWith("-Dfanbench.")).toList());
  }

  private List<String> words() throws IOException {
    return LoadProcess.command(release, Scenario.FANOUT, SettingList.NONE);
  }
}
