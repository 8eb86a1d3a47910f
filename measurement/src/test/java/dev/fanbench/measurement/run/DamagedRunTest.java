package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk or a copy that broke off leaves the beginning of a file. */
class DamagedRunTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Bytes between two cuts, beside those behind each end of a line. */
  private static final int STEP = 131;

  @TempDir private Path path;
  private RunDirectory directory;

  /** The stored run in two blocks a phase, with a turn. */
  @BeforeEach
  void copyTheRun() throws IOException {
    directory = new RunDirectory(path);
    for (Path file : files(GOLDEN)) {
      Files.copy(file, path.resolve(file.getFileName()));
    }
    ObjectNode run = (ObjectNode) JSON.readTree(directory.runJson().toFile());
    for (var phase : run.withArray("phases")) {
      int half = phase.at("/phase/count").asInt() / 2;
      ArrayNode blocks = ((ObjectNode) phase).putArray("blocks");
      blocks.addObject().put("first", 0).put("count", half);
      blocks.addObject().put("first", half).put("count", half);
    }
    ((ObjectNode) run.get("environment")).put("cpu", "two cores of 5 µs");
    JSON.writerWithDefaultPrettyPrinter().writeValue(directory.runJson().toFile(), run);
    directory.write(new Turn("a series of 5 µs", 3, true));
    assertEquals("readable", outcome());
  }

  @Test
  void cutFilesAreUnreadableRunsAndNothingElse() throws IOException {
    List<Path> files = files(path);
    files.remove(directory.publications());
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int end : cuts(whole)) {
        Files.write(file, Arrays.copyOf(whole, end));
        outcome();
      }
      Files.write(file, whole);
    }
  }

  /** The table that the test above leaves out. */
  @Test
  void eachCutOfTheArrivalsIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(directory.publications());
    for (int end : cuts(whole)) {
      Files.write(directory.publications(), Arrays.copyOf(whole, end));
      assertTrue(outcome().contains("publications.csv"), () -> end + ": " + outcome());
    }
    List<String> rows = Files.readAllLines(GOLDEN.resolve("publications.csv"));
    Files.write(directory.publications(), rows.subList(0, rows.size() - 5));
    assertEquals("publications.csv holds 35 of 40 arrivals of phase fanout-10", outcome());
    Files.writeString(directory.publications(), String.join("\n", rows));
    assertEquals("publications.csv is cut off in line 161", outcome());
  }

  @Test
  void blocksOfAFailedRunNeedTheirRowsToo() throws IOException {
    ObjectNode run = (ObjectNode) JSON.readTree(directory.runJson().toFile());
    ((ObjectNode) run.get("validity")).put("verdict", "FAILED").putArray("reasons").add("died");
    JSON.writeValue(directory.runJson().toFile(), run);
    assertEquals("readable", outcome());
    List<String> rows = Files.readAllLines(directory.publications());
    Files.write(directory.publications(), rows.subList(0, rows.size() - 1));
    assertEquals("publications.csv holds 39 of 40 arrivals of phase fanout-10", outcome());
  }

  @Test
  void logsWithoutAllTheirSamplesAreNotRead() throws IOException {
    List<String> lines = Files.readAllLines(directory.latencyLog());
    for (int line = lines.size() - 1; line > 0; line--) {
      if (lines
          .get(line)
          .matches("Tag=(echo|fanout-10)/(response|service|sendDelay|last|skew).*")) {
        Files.write(directory.latencyLog(), lines.subList(0, line));
        assertTrue(
            outcome().startsWith("latency.hlog does not hold all of its samples: "), this::outcome);
      }
    }
    List<String> lost = new ArrayList<>(lines);
    lost.removeIf(line -> line.startsWith("Tag=echo/response,1.488"));
    Files.write(directory.latencyLog(), lost);
    assertTrue(
        outcome().matches("latency.hlog does not .*: [0-9]+ of 100 in the series response .*echo"),
        this::outcome);
  }

  @Test
  void garbledLinesOfTheLogAreDamage() throws IOException {
    List<String> lines = Files.readAllLines(directory.latencyLog());
    for (int line = 5; line < lines.size(); line++) {
      List<String> garbled = new ArrayList<>(lines);
      garbled.set(line, lines.get(line).replaceFirst(",[0-9]", ",x"));
      Files.write(directory.latencyLog(), garbled);
      assertEquals("latency.hlog is damaged", outcome());
    }
  }

  private static SortedSet<Integer> cuts(byte[] whole) {
    SortedSet<Integer> cuts = new TreeSet<>();
    for (int end = 0; end < whole.length; end++) {
      boolean afterLineEnd = end > 0 && whole[end - 1] == '\n';
      if (afterLineEnd || end % STEP == 0 || whole[end] < 0) {
        cuts.add(end);
      }
    }
    return cuts;
  }

  /** Reads all that reports and comparisons read of the directory. */
  private String outcome() {
    String start = "cannot read the run " + path + ": ";
    try {
      RunReader.read(path).measured().forEach(RecordedPhase::blockMedians);
      directory.turn();
      return "readable";
    } catch (UnreadableRunException e) {
      assertTrue(e.getMessage().startsWith(start), e::getMessage);
      return e.getMessage().substring(start.length());
    } catch (IOException e) {
      throw new AssertionError("not told as damage", e);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().collect(Collectors.toCollection(ArrayList::new));
    }
  }
}
