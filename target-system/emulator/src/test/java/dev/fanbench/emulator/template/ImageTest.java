package dev.fanbench.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both images, as far as they can be seen without building them. */
class ImageTest {
  private static final Path HOME = Path.of("..", "..");

  @Test
  void imageIsMadeOfWhatTheBuildMakes() throws IOException {
    String module = "netty-baseline";
    String file = dockerfile(module);
    for (String copied : matches(file, "(?m)^COPY --from=build /src/(\\S+) ")) {
      assertTrue(
          List.of(module + "/target/dependency/", module + "/target/fanbench-" + module + "-*.jar")
              .contains(copied),
          copied);
    }
    for (String copied : matches(file, "(?m)^COPY (?!--)(\\S+) ")) {
      assertTrue(Files.exists(HOME.resolve(copied)), copied);
    }
    for (String main : matches(file, "(dev\\.fanbench\\.[\\w.]+)")) {
      Path source = HOME.resolve(module + "/src/main/java/" + main.replace('.', '/') + ".java");
      assertTrue(Files.exists(source), source.toString());
    }
    assertEquals(List.of(module), matches(file, " -pl (\\S+) "));
  }

  /** The archive has the launcher that the image starts. */
  @Test
  void imageOfTheLoadIsTheRelease() throws IOException {
    String file = dockerfile("release");
    assertTrue(file.contains("release/target/fanbench-*.tar.gz"), file);
    List<String> started = matches(file, "ENTRYPOINT \\[\"/fanbench/([\\w/]+)\"");
    assertEquals(List.of("bin/fanbench"), started);
    assertTrue(
        Files.isExecutable(HOME.resolve("release/src/main/dist").resolve(started.get(0))),
        started.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty-baseline", "release"})
  void everyBaseImageHasAVersion(String module) throws IOException {
    List<String> bases = matches(dockerfile(module), "(?m)^FROM (?:--\\S+ )?(\\S+)");
    assertEquals(2, bases.size(), bases::toString);
    for (String base : bases) {
      assertTrue(base.matches("[a-z-]+:\\d+\\.\\d+\\.\\d+[a-z0-9_.-]*"), base);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty-baseline", "release"})
  void imageSaysHowItsHealthIsChecked(String module) throws IOException {
    List<String> checks = matches(dockerfile(module), "(?m)^HEALTHCHECK (.+)$");
    assertEquals(1, checks.size(), checks::toString);
  }

  /** The task that Fargate runs is checked as the image checks itself. */
  @Test
  void taskIsCheckedAsTheImageIs() throws IOException {
    String command = "bash, /fanbench/healthy]";
    assertTrue(dockerfile("netty-baseline").replace("\"", "").contains("CMD [" + command));
    String template = Files.readString(HOME.resolve("netty-baseline/template.yaml"));
    assertTrue(template.contains("Command: [CMD, " + command));
  }

  /** Direct memory may grow as large as the heap: together they leave room in the smallest task. */
  @Test
  void heapAndDirectMemoryFitTheTask() throws IOException {
    List<String> percents = matches(dockerfile("netty-baseline"), "MaxRAMPercentage=(\\d+)");
    assertEquals(1, percents.size());
    assertTrue(dockerfile("netty-baseline").contains("ExitOnOutOfMemoryError"));
    int percent = Integer.parseInt(percents.get(0));
    String template = Files.readString(HOME.resolve("netty-baseline/template.yaml"));
    for (String size : matches(template, "Memory: \"(\\d+)\"")) {
      int megabytes = Integer.parseInt(size);
      int rest = megabytes - 2 * megabytes * percent / 100;
      assertTrue(rest >= 400, size + " MB leave " + rest + " MB beside heap and direct memory");
    }
  }

  private static String dockerfile(String module) throws IOException {
    return Files.readString(HOME.resolve(module).resolve("Dockerfile"));
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }
}
