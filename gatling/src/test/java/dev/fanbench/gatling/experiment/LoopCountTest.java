package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.measurement.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopCountTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"1, 4, 1", "1000, 4, 1", "1001, 4, 2", "3500, 4, 4", "9000, 4, 4", "9000, 1, 1"})
  void thereIsALoopForEachThousandSubscribersUpToTheCores(int subscribers, int cores, int loops)
      throws Exception {
    assertEquals(loops, StartedTarget.loops(workload(subscribers), pinnedTo(cores)));
  }

  @Test
  void aWorkloadWithoutRoomsHasOneLoop() throws Exception {
    Workload connects =
        ExperimentInTest.options(directory, "netty", "connect { count = 20, rate = 100 }")
            .workload();
    assertEquals(1, StartedTarget.loops(connects, pinnedTo(4)));
  }

  private Workload workload(int subscribers) throws Exception {
    return ExperimentInTest.options(
            directory,
            "netty",
            "fanout = [ { subscribers = %d, count = 20, rate = 2 } ]".formatted(subscribers))
        .workload();
  }

  private static Pinning pinnedTo(int cores) {
    List<Integer> own = List.of(4, 5, 6, 7).subList(0, cores);
    return new Pinning(List.of(0, 1), own, "test");
  }
}
