package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.fleet.SelfSigned;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.ReportWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target behind TLS, whose certificate the user names. */
@Timeout(60)
class SecureServerTest {

  @TempDir Path directory;

  @Test
  void handshakesOfTlsStandApartFromTheWholeConnect() throws Exception {
    SelfSigned certificate = SelfSigned.create(directory, "127.0.0.1");
    Path pem = certificate.pem(directory.resolve("authorities.pem"));
    try (FaultyTarget target = FaultyTarget.startSecure(new Fault.None(), certificate.server())) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url().toString(),
              """
              drain = 20s
              trust = "%s"
              connect { count = 30, rate = 100 }
              fanout = [ { subscribers = 3, count = 20, rate = 100 } ]
              """
                  .formatted(pem));
      ExperimentInTest stepped = ExperimentInTest.of(options.targets().get(0), options);
      RecordedRun run = stepped.whole();

      assertEquals("a given certificate", run.run().target().settings().get("trust"));
      assertEquals(60, run.phase("fanout-3").result().deliveryCount().delivered());
      RecordedPhase connect = run.phase("connect");
      assertEquals(30, connect.result().deliveryCount().delivered());
      assertEquals(30, samples(connect, Series.TLS_HANDSHAKE));
      assertEquals(30, samples(connect, Series.RESPONSE));
      assertTrue(
          median(connect, Series.TLS_HANDSHAKE) <= median(connect, Series.SERVICE),
          "TLS is a part of a connect");
      Path page = ReportWriter.write(List.of(stepped.written()), directory.resolve("site")).page();
      assertTrue(Files.readString(page).contains("TLS handshake"));
    }
  }

  private static long samples(RecordedPhase phase, Series series) {
    return phase.series(series).orElseThrow().histogram().getTotalCount();
  }

  private static long median(RecordedPhase phase, Series series) {
    return phase.series(series).orElseThrow().histogram().getValueAtPercentile(50);
  }
}
