package dev.fanbench.conventions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of continuous integration, of the action and of the release. */
class ShellScriptTest {
  private static final Path ROOT = ProjectTree.here().root();
  private static final List<String> FOLDERS =
      List.of(".ci", "action", "release/src", "servers", "gatling/src/test/scripts");

  @TempDir private Path directory;

  /** The shell does not end at a command behind {@code !}, so that such a line checks nothing. */
  @Test
  void noCheckIsNegatedWithoutIf() throws IOException {
    List<String> negated = new ArrayList<>();
    int scripts = 0;
    for (Path script : scripts()) {
      scripts++;
      Files.readAllLines(script).stream()
          .filter(line -> line.strip().matches("! [^-].*"))
          .forEach(line -> negated.add(ROOT.relativize(script) + ": " + line));
    }
    assertEquals(List.of(), negated);
    assertTrue(scripts > 5, scripts + " scripts");
  }

  /** A workflow may name a folder that no step has made. */
  @Test
  void siteIsBuiltIntoAFolderThatIsNotThere() throws Exception {
    Path script = directory.resolve(".ci/build-docs-site");
    Files.createDirectories(script.getParent());
    Files.copy(ROOT.resolve(".ci/build-docs-site"), script);
    Path built = Files.createDirectories(directory.resolve("docs/site/target/dist"));
    Files.writeString(built.resolve("index.html"), "built");
    Path programs = Files.createDirectories(directory.resolve("programs"));
    Path npm = Files.writeString(programs.resolve("npm"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path folder = directory.resolve("not/there");
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString(), folder.toString()).inheritIO();
    builder.environment().merge("PATH", programs.toString(), (all, own) -> own + ":" + all);

    Process process = builder.start();

    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertEquals("built", Files.readString(folder.resolve("docs/index.html")));
  }

  private static List<Path> scripts() throws IOException {
    List<Path> scripts = new ArrayList<>(List.of(ROOT.resolve("fanbench")));
    for (String folder : FOLDERS) {
      try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
        all.filter(Files::isRegularFile)
            .filter(file -> !file.toString().contains("node_modules"))
            .filter(ShellScriptTest::isScript)
            .forEach(scripts::add);
      }
    }
    return scripts;
  }

  private static boolean isScript(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(32), StandardCharsets.ISO_8859_1);
      return start.startsWith("#!") && start.lines().findFirst().orElse("").endsWith("sh");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
