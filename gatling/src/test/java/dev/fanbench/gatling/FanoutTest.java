package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The fan-out as a population of another simulation, in a folder that is no checkout. */
@Timeout(120)
class FanoutTest {
  @TempDir private Path directory;

  @Test
  void runsBesideAnotherScenario() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      Path log = directory.resolve("log.txt");
      Process process = start(target.url(), log);
      try {
        assertTrue(process.waitFor(90, TimeUnit.SECONDS), "Gatling has not ended");
        String text = Files.readString(log);
        RecordedRun run = RunReader.read(onlyRun(text));
        assertEquals(120, run.phase("fanout-3").result().deliveryCount().delivered());
        assertTrue(Files.exists(directory.resolve("home/reports/site/index.html")), text);
        assertEquals(2, text.lines().filter("another user"::equals).count(), text);
        assertEquals(0, process.exitValue(), text);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void mistakesAreSentences() {
    assertThrows(BadOption.class, () -> Fanout.fanout("a/b"));
    Fanout wrong =
        Fanout.fanout("room")
            .target(URI.create("ws://127.0.0.1:1"))
            .directory(directory)
            .option("subscriber", "3");
    String sentence = assertThrows(BadOption.class, wrong::population).getMessage();
    assertTrue(sentence.contains("Did you mean subscribers?"), sentence);
  }

  private Path onlyRun(String log) throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve("home/reports/runs"))) {
      List<Path> all = runs.filter(Files::isDirectory).toList();
      assertEquals(1, all.size(), log);
      return all.get(0);
    }
  }

  private Process start(URI target, Path log) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Dmixed.url=" + target,
            "-Dmixed.directory=" + directory.resolve("home"),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.gatling.app.Gatling",
            "-s",
            MixedSimulation.class.getName(),
            "-rf",
            directory.resolve("gatling").toString(),
            "-nr")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
