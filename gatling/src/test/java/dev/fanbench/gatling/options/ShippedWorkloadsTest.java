package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every workload that ships can be run by its name, and says in its first line what for. */
class ShippedWorkloadsTest {

  private static final Path DIRECTORY = Path.of("workloads");

  @ParameterizedTest
  @MethodSource("names")
  void isReadByItsName(String name) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("fanbench.home", "..");
    properties.setProperty("fanbench.workload", name);
    Options options = OptionsReader.read(properties, WorkloadReader.everything(), "default");
    assertEquals(name, options.workload().name());
    assertFalse(options.workload().phases().stream().allMatch(phase -> phase.warmUp()));
    assertTrue(Files.readString(DIRECTORY.resolve(name + ".conf")).startsWith("# "));
  }

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(f -> f.getFileName().toString().replace(".conf", "")).toList().stream();
    }
  }
}
