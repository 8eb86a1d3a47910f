package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.export.JsonSchemaTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

class CompareCommandTest {

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private Path base;

  @BeforeEach
  void recordTheBase() throws IOException {
    base = side("base", SimulatedTarget.inMemory("netty"), 3);
  }

  @Test
  void threeRunsOfTheSameTargetAreTooUncertainToExcludeAChange() throws IOException {
    assertEquals(
        97, execute(base.toString(), side("new", SimulatedTarget.inMemory("netty"), 3).toString()));
    assertTrue(
        out.toString().startsWith("netty: p50.lastDelivery@fanout-100: undecided, "),
        out::toString);
    JsonSchemaTest.assertValid("compare-1.json", site().resolve("compare.json"));
    assertEquals("UNDECIDED", json().at("/targets/0/decides/verdict").asText());
  }

  @Test
  void aSlowerTargetFailsTheGateEverywhere() throws Exception {
    Path slow = side("new", SimulatedTarget.serverless("serverless"), 3);
    assertEquals(99, execute(base.toString(), slow.toString()));
    assertTrue(
        out.toString().startsWith("netty → serverless: p50.lastDelivery@fanout-100: slower, "),
        out::toString);
    assertEquals("SLOWER", json().at("/targets/0/decides/verdict").asText());
    assertTrue(json().at("/targets/0/decides/low").asDouble() > 1);
    Document junit =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(site().resolve("compare.xml").toFile());
    assertEquals(1, junit.getElementsByTagName("failure").getLength());
    String markdown = Files.readString(site().resolve("compare.md"));
    assertTrue(
        markdown.startsWith("## netty → serverless: p50.lastDelivery@fanout-100: slower, "),
        markdown);
    assertTrue(markdown.contains("| cpu@fanout-100 | slower | "), markdown);
    assertWellFormed(markdown.lines().toList());
  }

  /** Blocks have blank lines between them, and the rows of a table as many cells as its head. */
  private static void assertWellFormed(List<String> markdown) {
    for (int i = 1; i < markdown.size(); i++) {
      String before = block(markdown.get(i - 1));
      String line = block(markdown.get(i));
      String both = markdown.get(i - 1) + "\n" + markdown.get(i);
      assertTrue(before.isEmpty() || line.isEmpty() || before.equals(line), both);
      assertTrue(!line.equals("text") || before.isEmpty(), both);
      if (line.equals("|") && before.equals("|")) {
        assertEquals(cells(markdown.get(i - 1)), cells(markdown.get(i)), both);
      }
    }
  }

  private static String block(String line) {
    return line.isEmpty() || line.startsWith("|") || line.startsWith("- ") || line.startsWith("#")
        ? line.substring(0, Math.min(1, line.length()))
        : "text";
  }

  private static long cells(String row) {
    return row.replace("\\|", "").chars().filter(c -> c == '|').count();
  }

  @Test
  void sidesMayBeListedAndTheMetricChosen() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--metric", "p50.response@echo", "--base"));
    runs(base).forEach(run -> arguments.add(run.toString()));
    arguments.add("--new");
    runs(side("new", SimulatedTarget.inMemory("netty"), 3))
        .forEach(r -> arguments.add(r.toString()));
    assertEquals(97, execute(arguments.toArray(String[]::new)));
    assertEquals("p50.response@echo", json().at("/targets/0/decides/metric").asText());
  }

  @Test
  void twoRunsAreTooFewToSay() throws IOException {
    Path two = side("new", SimulatedTarget.inMemory("netty"), 2);
    assertEquals(98, execute(base.toString(), two.toString()));
    assertTrue(
        out.toString().contains("too few runs, 3 valid of base and 2 of new"), out::toString);
  }

  @Test
  void whatIsNoSideIsNamed() {
    Path missing = directory.resolve("missing");
    assertEquals(2, execute(base.toString(), missing.toString()));
    assertTrue(errors.toString().contains(missing.toString()), errors::toString);
    assertEquals(1, errors.toString().lines().count());
  }

  @Test
  void aDirectoryWithoutRunsIsNamed() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertEquals(2, execute(base.toString(), empty.toString()));
    assertTrue(errors.toString().contains("it is no run and holds none"), errors::toString);
  }

  @Test
  void oneSideIsNoComparison() {
    assertEquals(2, execute(base.toString()));
    assertEquals(2, execute("--base", base.toString()));
    assertEquals(2, execute());
    assertTrue(errors.toString().contains("BASE NEW"), errors::toString);
  }

  @Test
  void aMetricThatIsNoneIsAnsweredByWhatIsAllowed() {
    assertEquals(2, execute(base.toString(), base.toString(), "--metric", "p42.x@y"));
    assertTrue(errors.toString().contains("p50, p90, p99"), errors::toString);
    assertFalse(errors.toString().contains("Exception"));
  }

  private Path side(String name, SimulatedTarget target, int runs) throws IOException {
    Path side = Files.createDirectory(directory.resolve(name));
    for (int i = 0; i < runs; i++) {
      SimulatedRun.write(side, target, workload(i), SimulatedRun.VALID, List.of());
    }
    return side;
  }

  private static Workload workload(int seed) {
    return new Workload(
        "test",
        List.of(
            new Phase("echo", PhaseKind.ECHO, 0, 1, 100, 200, false),
            new Phase("fanout-100", PhaseKind.FANOUT, 100, 1, 100, 50, false)),
        ArrivalProcess.CONSTANT,
        64,
        1_000,
        seed);
  }

  private static List<Path> runs(Path side) throws IOException {
    try (var children = Files.list(side)) {
      return children.sorted().toList();
    }
  }

  private Path site() {
    return directory.resolve("compared");
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(site().resolve("compare.json").toFile());
  }

  private int execute(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--out", site().toString()));
    all.addAll(List.of(arguments));
    return new CommandLine(new CompareCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(errors, true))
        .execute(all.toArray(String[]::new));
  }
}
