package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCheckTest {
  @TempDir Path home;

  @BeforeEach
  void buildTwoModules() throws IOException {
    write("gatling/target/launch.classpath", 10);
    write("gatling/src/main/java/A.java", 10);
    write("gatling/target/classes/A.class", 20);
    write("gatling/target/classes/B.class", 15);
    write("target-system/functions/src/main/java/F.java", 10);
    write("target-system/functions/target/classes/F.class", 20);
  }

  @Test
  void aCheckoutWhoseClassesAreNewerIsBuilt() {
    assertDoesNotThrow(() -> BuildCheck.require(home));
  }

  @Test
  void aSourceThatWasChangedAfterTheBuildIsNamed() throws IOException {
    write("target-system/functions/src/main/java/F.java", 30);
    assertRefused(
        "target-system/functions/src/main/java/F.java was changed after the build of " + home);
  }

  @Test
  void aModuleWithoutClassesIsNotBuilt() throws IOException {
    write("floor/src/main/java/G.java", 5);
    assertRefused("floor/src/main/java/G.java was changed after the build of " + home);
  }

  @Test
  void aCheckoutWithoutABuildIsNamed() throws IOException {
    Files.delete(home.resolve("gatling/target/launch.classpath"));
    assertRefused(home + " is not built");
  }

  private void assertRefused(String sentence) {
    assertEquals(
        sentence + ": run mvn test-compile there first",
        assertThrows(IOException.class, () -> BuildCheck.require(home)).getMessage());
  }

  private void write(String name, long second) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
    Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000));
  }
}
