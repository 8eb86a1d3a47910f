package dev.fanbench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs the finished {@code benchmarks.jar} as a user does. Maven calls it after packaging. */
@EnabledIfSystemProperty(named = "benchmarks.jar", matches = ".+")
@Timeout(120)
class BenchmarksJarCheck {
  @TempDir Path scratch;

  @Test
  void listsItsBenchmarks() throws Exception {
    String listed = run("-l");
    assertTrue(listed.contains("dev.fanbench.jmh.BroadcasterBenchmark.publish"), listed);
    assertTrue(listed.contains("dev.fanbench.jmh.RecorderBenchmark.delivered"), listed);
  }

  /** In a fork, so that the annotated JVM options, the native transport and the sink all work. */
  @Test
  void runsBriefly() throws Exception {
    String report =
        run("-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-foe", "true", "-p", "fanOut=3");
    for (String line :
        List.of(
            "BroadcasterBenchmark.publish:delivery",
            "BroadcasterBenchmark.publish:loop.alloc",
            "BroadcasterBenchmark.publish:loop.cpu",
            "FloorBenchmark.publish:delivery",
            "RecorderBenchmark.delivered",
            "RecorderBenchmark.frame",
            "RecorderBenchmark.readStamp",
            "RequestsBenchmark.burst",
            "SignatureBenchmark.check")) {
      assertTrue(report.contains(line), () -> line + " is not in:\n" + report);
    }
  }

  private String run(String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("benchmarks.jar")));
    command.addAll(List.of(options));
    Path output = scratch.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "the jar did not end");
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(0, process.exitValue(), text);
    return text;
  }
}
