package dev.fanbench.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The licences of two libraries forbid to pass them on, in the archive and the load's image. */
class ReleaseLibraryTest {
  private static final List<String> MODULES =
      List.of("cli", "gatling", "floor", "netty-baseline", "target-system/emulator");

  @TempDir private Path directory;

  @Test
  void theArchiveHoldsNeitherDynamoDbLocalNorCharts() throws IOException {
    String database = jar("DynamoDBLocal-3.1.0.jar");
    String charts = jar("gatling-charts-highcharts-3.15.0.jar");
    String held = jar("netty-common-4.2.0.jar");
    for (String module : MODULES) {
      Path built = Files.createDirectories(directory.resolve(module).resolve("target"));
      String own = "fanbench-" + Path.of(module).getFileName() + "-0.1.0-SNAPSHOT.jar";
      Files.writeString(built.resolve(own), own);
      Files.writeString(
          built.resolve("launch.classpath"),
          String.join(File.pathSeparator, database, charts, held));
    }
    Files.writeString(
        directory.resolve("THIRD-PARTY.txt"),
        """
        (Apache) Netty (io.netty:netty-common:4.2.0)
        (Other) Database (software.amazon.dynamodb:DynamoDBLocal:3.1.0)
        (Other) Charts (io.gatling.highcharts:gatling-charts-highcharts:3.15.0)
        """);

    Path library = directory.resolve("lib");
    ReleaseLibrary.main(new String[] {directory.toString(), library.toString()});

    List<String> names;
    try (Stream<Path> files = Files.list(library)) {
      names = files.map(file -> file.getFileName().toString()).toList();
    }
    assertTrue(names.contains("netty-common-4.2.0.jar"), names::toString);
    assertTrue(names.stream().noneMatch(name -> name.startsWith("DynamoDBLocal")), names::toString);
    assertTrue(names.stream().noneMatch(name -> name.contains("charts")), names::toString);
    assertEquals(
        List.of("(Apache) Netty (io.netty:netty-common:4.2.0)"),
        Files.readAllLines(directory.resolve("THIRD-PARTY.txt")));
    assertTrue(
        Files.readString(library.resolve("fetch.list"))
            .contains("software.amazon.dynamodb:DynamoDBLocal:3.1.0 DynamoDBLocal-3.1.0.jar"));
  }

  private String jar(String name) throws IOException {
    return Files.writeString(directory.resolve(name), name).toString();
  }
}
