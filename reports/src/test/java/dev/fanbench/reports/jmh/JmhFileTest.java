package dev.fanbench.reports.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JmhFileTest {

  private static final String RESULT =
      """
      {"benchmark": "a.b.%s", "mode": "%s", "forks": 1, "measurementIterations": 3,
       "measurementTime": "1 s", "vmName": "VM", "vmVersion": "17", "params": {%s},
       "primaryMetric": {"score": %s, "scoreError": %s, "scoreUnit": "ns/op"},
       "secondaryMetrics": {%s}}""";
  private static final String CPU =
      "\"loop.cpu\": {\"score\": %s, \"scoreError\": %s, \"scoreUnit\": \"ns/delivery\"}";

  @TempDir private Path directory;

  @Test
  void ratiosAreOfTheSameParametersAndByProcessorTimeWhereBothHaveIt() throws IOException {
    JmhFile file =
        file(
            result("Room.publish", "avgt", "'fanOut': '10', 'kind': 'JOINED'", 50, 1, cpu(20, 1)),
            result(
                "Room.publish",
                "avgt",
                "'fanOut': '10', 'kind': 'CHANNEL_GROUP'",
                9,
                1,
                cpu(80, 1)),
            result(
                "Room.publish", "avgt", "'fanOut': '99', 'kind': 'CHANNEL_GROUP'", 9, 1, cpu(7, 1)),
            result("FloorBenchmark.publish", "avgt", "'fanOut': '10'", 9, 1, cpu(20, 1)));

    assertEquals(Optional.of(new JmhRatio(0.25, true, true)), file.toNaive(file.results().get(0)));
    assertEquals(Optional.of(new JmhRatio(1, true, false)), file.toFloor(file.results().get(0)));
    assertEquals(Optional.empty(), file.toNaive(file.results().get(1)), "it is the naive one");
    assertEquals(Optional.of(new JmhRatio(4, true, true)), file.toFloor(file.results().get(1)));
    assertEquals(Optional.empty(), file.toFloor(file.results().get(2)), "no such floor");
    assertEquals(Optional.empty(), file.toFloor(file.results().get(3)), "it is the floor");
  }

  @Test
  void withoutProcessorTimeTheScoreDecides() throws IOException {
    JmhFile file =
        file(
            result("Requests.burst", "avgt", "'requests': 'CONCURRENT'", 53, 16, ""),
            result("Requests.burst", "avgt", "'requests': 'ONE_AT_A_TIME'", 106, 40, ""));

    assertEquals(Optional.of(new JmhRatio(0.5, true, false)), file.toNaive(file.results().get(0)));
  }

  @Test
  void throughputHasNoRatio() throws IOException {
    JmhFile file =
        file(
            result("Requests.burst", "thrpt", "'requests': 'CONCURRENT'", 2, 0, ""),
            result("Requests.burst", "thrpt", "'requests': 'ONE_AT_A_TIME'", 1, 0, ""));

    assertEquals(Optional.empty(), file.toNaive(file.results().get(0)));
  }

  @Test
  void oneIterationHasNoErrorAndDiffersFromNothing() throws IOException {
    JmhFile file =
        file(
            result("Requests.burst", "ss", "'requests': 'CONCURRENT'", 1, "\"NaN\"", ""),
            result("Requests.burst", "ss", "'requests': 'ONE_AT_A_TIME'", 9, "\"NaN\"", ""));

    assertTrue(Double.isNaN(file.results().get(0).score().error()));
    JmhRatio ratio = file.toNaive(file.results().get(0)).orElseThrow();
    assertFalse(ratio.known() || ratio.differs());
  }

  /** The file of somebody else's project is a file too. */
  @Test
  void aFanOutThatIsNoNumberHasNoFigurePerDelivery() throws IOException {
    String gc =
        "\"·gc.alloc.rate.norm\": {\"score\": 8, \"scoreError\": 0, \"scoreUnit\": \"B/op\"}";
    JmhFile file =
        file(
            result("Other.run", "avgt", "'fanOut': 'wide'", 1, 0, gc),
            result("Other.run", "avgt", "'fanOut': '4'", 1, 0, gc));

    assertEquals(Optional.empty(), file.results().get(0).allocatedPerDelivery());
    assertEquals(
        Optional.of(new JmhMetric(2, 0, "B/delivery")),
        file.results().get(1).allocatedPerDelivery());
    assertEquals("Other.run", file.results().get(0).name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Benchmark  Mode  Cnt",
        "[]",
        "{\"phases\": []}",
        "[1]",
        "[{\"benchmark\": \"a\"}]",
        "[{\"benchmark\": \"a\", \"mode\": \"avgt\", \"primaryMetric\": {\"score\": \"quick\"}}]"
      })
  void anotherFileIsRefusedInASentence(String content) throws IOException {
    assertRefused(Files.writeString(directory.resolve("other.json"), content));
  }

  @Test
  void aMissingFileIsRefusedInASentence() {
    assertRefused(directory.resolve("missing.json"));
  }

  private static void assertRefused(Path file) {
    String said =
        assertThrows(IllegalArgumentException.class, () -> JmhFile.read(file)).getMessage();
    assertTrue(said.startsWith("--jmh " + file + ": "), said);
    assertTrue(said.endsWith("; expected is what ./fanbench jmh -rf json -rff FILE writes"), said);
    assertEquals(1, said.lines().count());
  }

  private JmhFile file(String... results) throws IOException {
    return JmhFile.read(
        Files.writeString(directory.resolve("result.json"), "[" + String.join(",", results) + "]"));
  }

  private static String result(
      String name, String mode, String parameters, Object score, Object error, String others) {
    return RESULT.formatted(name, mode, parameters.replace('\'', '"'), score, error, others);
  }

  private static String cpu(double score, double error) {
    return CPU.formatted(score, error);
  }
}
