package dev.fanbench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code fanbench} in a folder of its own, with programs that print their arguments. */
@Timeout(60)
class LauncherTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path directory;
  private Path home;

  private record Answer(int exitCode, List<String> lines) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    home = Files.createDirectories(directory.resolve("checkout")).toRealPath();
    program(home.resolve("fanbench"), Files.readString(Path.of("..", "fanbench")));
    program(directory.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    program(
        directory.resolve("bin/mvn"),
        "#!/bin/sh\nmkdir -p cli/target\necho mvn \"$@\" >&2\necho a.jar >cli/target/launch.classpath\n");
    source(home.resolve("pom.xml"));
    source(home.resolve("cli/pom.xml"));
    source(home.resolve("cli/src/main/java/Main.java"));
    source(home.resolve("target-system/template.yaml"));
  }

  @Test
  void buildsOnceAndHandsTheWordsOver() throws Exception {
    Answer first = fanbench("report", "a run", "--out=x");
    assertTrue(first.lines().get(1).startsWith("mvn --batch-mode --quiet test-compile"), "builds");
    assertEquals(List.of("report", "a run", "--out=x"), last(3, first));
    assertTrue(first.lines().contains("-Dfanbench.home=" + home), first.lines().toString());
    assertTrue(fanbench("report").lines().stream().noneMatch(line -> line.startsWith("mvn")));
  }

  @Test
  void buildsAgainAfterAnEditAndAfterAMove() throws Exception {
    fanbench("report");
    Path edited = home.resolve("cli/src/main/java/Main.java");
    Files.setLastModifiedTime(edited, FileTime.from(Instant.now().plusSeconds(60)));
    assertTrue(fanbench("report").lines().get(0).startsWith("fanbench: building"), "an edit");
    Files.setLastModifiedTime(edited, FileTime.from(LONG_AGO));
    assertTrue(fanbench("report").lines().get(0).startsWith("-XX:"), "no edit");
    Path moved = directory.resolve("moved");
    Files.move(home, moved);
    home = moved.toRealPath();
    assertTrue(fanbench("report").lines().get(0).startsWith("fanbench: building"), "a move");
  }

  @Test
  void symbolicLinkToTheScriptFindsTheCheckout() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("fb"), home.resolve("fanbench"));
    Answer answer = run(link, "report");
    assertTrue(answer.lines().contains("-Dfanbench.home=" + home), answer.lines().toString());
  }

  @Test
  void loadHasItsOwnJvmAndServersTheFullCompiler() throws Exception {
    Answer run = fanbench("run", "quick");
    assertTrue(run.lines().contains("@" + home + "/gatling/load.jvmargs"), run.lines().toString());
    assertTrue(fanbench("serve", "netty").lines().stream().noneMatch(x -> x.contains("Tiered")));
  }

  @Test
  void standardOutputIsUtf8InEveryLocale() throws Exception {
    assertTrue(fanbench("report").lines().contains("-Dstdout.encoding=UTF-8"));
  }

  private static List<String> last(int count, Answer answer) {
    return answer.lines().subList(answer.lines().size() - count, answer.lines().size());
  }

  private Answer fanbench(String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("fanbench"), arguments);
  }

  private Answer run(Path script, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.remove("JAVA_HOME");
    environment.put("LC_ALL", "C");
    environment.put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text.lines().toList());
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void source(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
  }
}
