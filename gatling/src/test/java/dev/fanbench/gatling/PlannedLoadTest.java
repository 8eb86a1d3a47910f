package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.gatling.dialect.Dialect;
import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.options.Options;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedLoadTest {

  @TempDir Path directory;

  @Test
  void plainServersArePlannedWithoutJoinsAndWithTheSendersCopies() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "ws://127.0.0.1:1/",
            """
            dialect = plain
            fanout = [ { subscribers = 1, count = 40, rate = 100 }
                       { subscribers = 5, count = 40, rate = 100 } ]
            """);

    PlannedLoad plan = PlannedLoad.of(options.workload(), Dialect.plain());
    assertEquals(40 + 40, plan.sent());
    assertEquals(40 * 2 + 40 * 6, plan.deliveries());
  }

  @Test
  void membersThatPublishAreNoFurtherConnectionsAndMayHearThemselves() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "netty",
            "fanout = [ { subscribers = 6, rooms = 2, count = 40, rate = 100, publishers = all } ]");

    PlannedLoad plan = PlannedLoad.of(options.workload(), Dialect.fanbench());
    assertEquals(6, plan.connections());
    assertEquals(6 + 40, plan.sent());
    assertEquals(6 + 40 * 3, plan.deliveries());
  }

  /** Each dialect has frames of its own for a connection and for a join. */
  @ParameterizedTest
  @CsvSource({
    // dialect, frames sent and received by 1 publisher and 3 subscribers, and by 5 connects
    "fanbench, 4, 4, 0, 0",
    "socketio, 12, 12, 10, 10",
    "graphql-ws, 8, 4, 5, 5",
    "nchan, 0, 0, 0, 0",
    "plain, 0, 0, 0, 0",
    "mqtt, 12, 8, 10, 5",
  })
  void framesOfTheDialectAreCounted(
      String name, int sent, int received, int connectsSent, int connectsReceived)
      throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "ws://127.0.0.1:1/",
            "dialect = " + name + "\nfanout = [ { subscribers = 3, count = 40, rate = 100 } ]");
    PlannedLoad plan = PlannedLoad.of(options.workload(), options.dialect());
    assertEquals(sent + 40, plan.sent());
    int copies = options.dialect().hasRooms() ? 3 : 4;
    assertEquals(received + 40 * copies, plan.deliveries());

    Options connecting =
        ExperimentInTest.options(
            directory,
            "ws://127.0.0.1:1/",
            "dialect = " + name + "\nconnect { count = 5, rate = 100 }");
    PlannedLoad connects = PlannedLoad.of(connecting.workload(), connecting.dialect());
    assertEquals(connectsSent, connects.sent());
    assertEquals(connectsReceived, connects.deliveries());
  }

  @Test
  void targetsAreUpTogetherAsFarAsTheirConnectionsFit() {
    PlannedLoad plan = new PlannedLoad(10_000, 10_000, 1, 1, 1);
    assertEquals(1, plan.together(OptionalLong.of(19_800)));
    assertEquals(2, plan.together(OptionalLong.of(20_000)));
    assertEquals(4, plan.together(OptionalLong.of(1_000_000)));
    assertEquals(4, plan.together(OptionalLong.empty()));
    assertEquals(1, plan.together(OptionalLong.of(5)));
  }
}
