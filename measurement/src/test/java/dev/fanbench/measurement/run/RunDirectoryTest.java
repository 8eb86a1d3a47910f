package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.PhaseKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

  /** The least an older version may have written, and things a newer one might. */
  private static final String FOREIGN =
      """
      {"schemaVersion": 9, "id": "x", "fromTheFuture": {"a": [1]},
       "target": {"label": "netty", "url": "ws://h/dev", "colour": "red"},
       "workload": {"name": "w", "arrivals": "CONSTANT", "payloadBytes": 64, "newer": 1,
         "phases": [{"name": "echo", "kind": "ECHO", "rooms": 1, "count": 2, "ratePerSecond": 1}]},
       "phases": [{
         "phase": {"name": "echo", "kind": "ECHO", "rooms": 1, "count": 2, "ratePerSecond": 1},
         "startNanos": 5, "books": {"sent": 2, "expected": 2, "delivered": 2, "newer": 3}}],
       "validity": {"verdict": "FAILED", "reasons": ["the target died"], "newer": true}}
      """;

  @TempDir private Path path;
  private RunDirectory directory;

  @BeforeEach
  void writeAnEmptyRun() throws IOException {
    directory = new RunDirectory(path);
    Files.writeString(directory.runJson(), FOREIGN);
    Files.writeString(directory.publications(), ArrivalTable.HEADER + "\n");
    Files.writeString(directory.latencyLog(), "#[Histogram log format version 1.3]\n");
  }

  @Test
  void olderAndNewerDirectoriesAreRead() throws IOException {
    Run run = RunReader.read(path).run();
    assertEquals(9, run.schemaVersion());
    assertEquals(Map.of(), run.environment());
    assertEquals(List.of(), run.slos());
    assertEquals(PhaseKind.ECHO, run.workload().phases().get(0).kind());
    PhaseResult phase = run.phases().get(0);
    assertEquals(2, phase.deliveryCount().delivered());
    assertEquals(Map.of(), phase.undelivered());
    assertTrue(Double.isNaN(phase.cpuNanosPerDelivery()));
  }

  @Test
  void columnsAreFoundByName() throws IOException {
    Files.writeString(
        directory.publications(),
        """
        missing,newer,phase,n,intended,sent,first,last,delivered
        1,z,echo,7,100,,,,0
        """);
    assertEquals(
        List.of(new Arrival(7, 100, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 1)),
        RunReader.read(path).phase("echo").arrivals());
  }

  @Test
  void eachKindOfDamageIsOneSentence() throws IOException {
    Files.writeString(directory.publications(), ArrivalTable.HEADER + "\necho,1,x,,,,0,0\n");
    assertProblem("publications.csv is damaged in line 2");
    Files.writeString(directory.publications(), ArrivalTable.HEADER + "\necho,1\n");
    assertProblem("publications.csv is damaged in line 2");
    Files.writeString(directory.publications(), "");
    assertProblem(
        "publications.csv has not the columns phase,n,intended,sent,first,last,delivered,missing");
    Files.delete(directory.publications());
    assertProblem("it has no publications.csv");
    Files.writeString(directory.latencyLog(), "Tag=echo/response,0.1,0.2,0.3,AAAA\n");
    assertProblem("latency.hlog is damaged");
    Files.delete(directory.latencyLog());
    assertProblem("it has no latency.hlog");
    Files.writeString(directory.runJson(), "{\"target\":{}}");
    assertProblem("run.json has no field workload");
    Files.writeString(directory.runJson(), "null");
    assertProblem("run.json has no field target");
    Files.writeString(directory.runJson(), "{\"target\":");
    assertTrue(problem().startsWith("run.json is no run, "), this::problem);
    Files.write(directory.runJson(), new byte[] {'"', (byte) 0xc2});
    assertProblem("run.json is not in UTF-8");
    Files.writeString(directory.runJson(), FOREIGN.replace("\"books\"", "\"pages\""));
    assertProblem("run.json has no field books");
    Files.delete(directory.runJson());
    assertProblem("it has no run.json, so it was cut off before its end");
    Files.delete(path);
    assertProblem("there is no such directory");
  }

  @Test
  void turnsAreDamagedInOneSentence() throws IOException {
    for (String text : List.of("", "null", "{\"series\":", "{\"number\": 3}")) {
      Files.writeString(path.resolve(Turn.FILE), text);
      assertThrows(UnreadableRunException.class, directory::turn, text);
    }
  }

  private void assertProblem(String expected) {
    assertEquals(expected, problem());
  }

  private String problem() {
    String message =
        assertThrows(UnreadableRunException.class, () -> RunReader.read(path)).getMessage();
    String start = "cannot read the run " + path + ": ";
    assertTrue(message.startsWith(start), message);
    return message.substring(start.length());
  }
}
