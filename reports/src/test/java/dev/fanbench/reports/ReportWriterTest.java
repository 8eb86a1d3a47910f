package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.SloVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private static final List<SloVerdict> SLOS =
      List.of(
          new SloVerdict("p99.lastDelivery<250ms", "fanout-100", true, true, "42 ms"),
          new SloVerdict("missing==0", "run", true, true, "0"));

  @TempDir private Path runs;

  @Test
  void aDefaultSizedReportStaysUnder300Kilobytes() throws IOException {
    Report report = fullSize(Path.of("target/preview"));
    assertTrue(Files.size(report.page()) < 300 * 1024, () -> report.page() + " is too large");
  }

  private Report fullSize(Path site) throws IOException {
    List<Path> directories =
        List.of(
            SimulatedRun.write(
                runs,
                SimulatedTarget.inMemory("netty"),
                SimulatedRun.workload(false),
                SimulatedRun.VALID,
                SLOS),
            SimulatedRun.write(
                runs,
                SimulatedTarget.serverless("serverless"),
                SimulatedRun.workload(false),
                SimulatedRun.VALID,
                SLOS),
            SimulatedRun.write(
                runs,
                SimulatedTarget.serverless("serverless").modelled("aws"),
                SimulatedRun.workload(false),
                SimulatedRun.VALID,
                SLOS),
            SimulatedRun.write(
                runs,
                SimulatedTarget.floor(),
                SimulatedRun.workload(false),
                SimulatedRun.VALID,
                List.of()));
    return ReportWriter.write(directories, site);
  }
}
