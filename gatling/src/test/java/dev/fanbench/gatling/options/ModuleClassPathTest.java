package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module is run from a build's classes or from a release's jars. */
class ModuleClassPathTest {
  @TempDir Path home;

  @Test
  void aCheckoutHasClassesAndWhatTheBuildWrote() throws IOException {
    Path built = Files.createDirectories(home.resolve("one/target"));
    Files.writeString(built.resolve("launch.classpath"), "/jars/a.jar:/jars/b.jar\n");

    assertFalse(ModuleClassPath.isRelease(home));
    assertEquals(
        built.resolve("classes") + ":/jars/a.jar:/jars/b.jar",
        ModuleClassPath.of(home, "one").text());
    assertThrows(IOException.class, () -> ModuleClassPath.of(home, "two"));
  }

  @Test
  void aReleaseHasJarsAndSaysWhichOnesAreMissing() throws IOException {
    Path library = release("fanbench-two.jar\nheld.jar\nabsent.jar\n");

    ModuleClassPath path = ModuleClassPath.of(home, "one/two");

    assertTrue(ModuleClassPath.isRelease(home));
    assertEquals(
        List.of(
            library.resolve("fanbench-two.jar"),
            library.resolve("held.jar"),
            library.resolve("absent.jar")),
        path.entries());
    assertEquals(List.of(library.resolve("absent.jar")), path.missing());
  }

  @Test
  void aServerWhoseJarIsNotHeldSaysHowToGetIt() throws IOException {
    release("held.jar\nabsent.jar\n");
    Path folder = Files.createDirectories(home.resolve("servers/mine"));
    Files.writeString(
        folder.resolve("server.conf"), "kind = server, java { module = one/two, main = Any }");

    assertEquals(
        List.of("mine needs absent.jar, which is not there: bin/fanbench fetch gets it."),
        ServerDescriptor.read(home, "mine").missing());
  }

  private Path release(String names) throws IOException {
    Path library = Files.createDirectories(home.resolve("lib"));
    Files.writeString(library.resolve("two.classpath"), names);
    Files.createFile(library.resolve("held.jar"));
    Files.createFile(library.resolve("fanbench-two.jar"));
    return library;
  }
}
