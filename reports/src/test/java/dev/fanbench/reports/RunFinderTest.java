package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.RunFinder;
import dev.fanbench.measurement.run.UnreadableRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of runs as they are: some of the runs are broken, and other files lie beside them. */
class RunFinderTest {
  @TempDir private Path directory;

  @Test
  void folderStandsForItsRunsAndBrokenOnesAreLeftOut() throws IOException {
    List<Path> whole = new Runs(directory.resolve("runs")).inMemory("netty").directories();
    Path broken = Files.createDirectories(whole.get(0).resolveSibling("zz-broken"));
    Files.writeString(broken.resolve("run.json"), "{");
    Files.writeString(broken.resolveSibling("notes.txt"), "not a run");
    RunFinder found = RunFinder.find(List.of(broken.getParent()));
    assertEquals(whole, found.runs());
    assertEquals(1, found.leftOut().size());
    assertTrue(found.leftOut().get(0).contains("zz-broken"), found.leftOut().toString());
    assertThrows(UnreadableRunException.class, () -> RunFinder.find(List.of(broken)));
  }
}
