package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.OptionsReader;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.Books;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.Reports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The instrument, tested by faults: whole runs over real sockets, judged by what they wrote. */
@Timeout(60)
class InstrumentTest {
  private static final long MILLI = 1_000_000;

  @TempDir Path directory;

  @Test
  void aStallIsSeenInResponseTime() throws Exception {
    RecordedPhase phase =
        measure(
                new Fault.Stall(20, Duration.ofMillis(150)),
                "fanout = [ { subscribers = 2, count = 60, rate = 100 } ]")
            .phase("fanout-2");

    long response = phase.series(Series.RESPONSE).orElseThrow().histogram().getMaxValue();
    assertTrue(response >= 150 * MILLI, "response " + response);
    // To the nanosecond: an open load is never held up itself, so what it slips is microseconds,
    // less than a histogram's bucket is wide.
    for (Arrival each : phase.arrivals()) {
      long service = each.lastAtNanos() - each.sentAtNanos();
      assertTrue(service < each.lastAtNanos() - each.intendedAtNanos(), each.toString());
    }
    long waited =
        phase.arrivals().stream()
            .filter(a -> a.lastAtNanos() - a.intendedAtNanos() >= 20 * MILLI)
            .count();
    assertTrue(waited >= 13, "a stall of 150 ms at 100/s makes 13 wait 20 ms, not " + waited);
  }

  @Test
  void droppedDeliveriesAreMissingToTheLastOne() throws Exception {
    RecordedRun run =
        measure(new Fault.Drop(7), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]");

    Books books = run.phase("fanout-5").result().books();
    assertEquals(350, books.expected());
    assertEquals(50, books.missing());
    assertEquals(300, books.delivered());
    SloVerdict missing = run.run().slos().get(0);
    assertEquals("missing==0", missing.expression());
    assertFalse(missing.held());
    assertEquals("50", missing.observed());
  }

  @Test
  void duplicatedDeliveriesAreCountedAndChangeNothingElse() throws Exception {
    Books books =
        measure(new Fault.Duplicate(7), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]")
            .phase("fanout-5")
            .result()
            .books();

    assertEquals(50, books.duplicates());
    assertEquals(350, books.delivered());
    assertEquals(0, books.missing());
  }

  @Test
  void reorderedDeliveriesAreCounted() throws Exception {
    Books books =
        measure(new Fault.Reorder(), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]")
            .phase("fanout-5")
            .result()
            .books();

    assertEquals(5 * 35, books.outOfOrder());
    assertEquals(350, books.delivered());
  }

  @Test
  void aLoadThatCannotKeepItsRateIsInvalid() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(), "fanout = [ { subscribers = 1, count = 20000, rate = 5000000 } ]");

    Validity validity = run.run().validity();
    assertEquals(Validity.Verdict.INVALID, validity.verdict());
    assertTrue(
        validity.reasons().stream().anyMatch(reason -> reason.contains("achieved")),
        validity.reasons().toString());
  }

  @Test
  void everyKindOfPhaseIsAccountedFor() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            """
            connect { count = 30, rate = 100 }
            echo { count = 30, rate = 100, clients = 3 }
            chat { count = 30, rate = 100, rooms = 3 }
            fanout = [ { subscribers = 20, count = 30, rate = 100 } ]
            """);

    assertEquals(
        List.of(PhaseKind.CONNECT, PhaseKind.ECHO, PhaseKind.CHAT, PhaseKind.FANOUT),
        run.phases().stream().map(p -> p.phase().kind()).toList());
    for (RecordedPhase phase : run.phases()) {
      Books books = phase.result().books();
      assertEquals(30, books.sent(), phase.phase().name());
      assertEquals(books.expected(), books.delivered(), phase.phase().name());
      assertEquals(0, books.lostConnections(), phase.phase().name());
    }
  }

  @Test
  void aPhaseThatTheLoadSpoiledIsKeptAndRunAgain() throws Exception {
    Options options = options("netty", "fanout = [ { subscribers = 1, count = 50, rate = 100 } ]");
    List<Integer> attempts = new ArrayList<>();
    TargetRun run =
        new TargetRun(
            TargetChoice.Launched.FLOOR,
            options.workload(),
            options,
            Pinning.off("test"),
            progress(),
            why -> {
              throw new AssertionError(why);
            },
            new CompletableFuture<>());
    try {
      run.start();
      while (run.hasNextPhase()) {
        run.prepareNextPhase(
            (phase, attempt) -> {
              attempts.add(attempt);
              return (n, i, s, f, l, delivered, missing) -> {
                if (attempt == 1 && n == 10) {
                  LockSupport.parkNanos(100 * MILLI); // on the load's own loop
                }
              };
            });
        senders(run);
        run.endPhase();
      }
      run.end();
    } finally {
      run.close("cut short");
    }

    RecordedRun recorded = RunReader.read(run.directory().orElseThrow());
    assertEquals(1, recorded.measured().size());
    assertTrue(attempts.size() > 1, attempts.toString());
    assertEquals(attempts, recorded.phases().stream().map(p -> p.result().attempt()).toList());
    assertTrue(
        recorded.phases().get(0).result().spoiled().get(0).contains("p99"),
        recorded.phases().get(0).result().spoiled().toString());
    assertEquals(50, recorded.phase("fanout-1").result().books().delivered());
  }

  @Test
  void aTargetKilledInMidRunLeavesAReadableRunLabelledFailed() throws Exception {
    Options options =
        options("netty", "fanout = [ { subscribers = 20, count = 2000, rate = 200 } ]");
    CompletableFuture<Void> over = new CompletableFuture<>();
    CompletableFuture<String> reason = new CompletableFuture<>();
    TargetRun run =
        new TargetRun(
            TargetChoice.Launched.FLOOR,
            options.workload(),
            options,
            Pinning.off("test"),
            progress(),
            why -> {
              reason.complete(why);
              over.complete(null);
            },
            over);
    CountDownLatch twentieth = new CountDownLatch(20);
    try {
      run.start();
      run.prepareNextPhase(
          (phase, attempt) -> (n, i, s, f, l, delivered, missing) -> twentieth.countDown());
      senders(run);
      assertTrue(twentieth.await(20, TimeUnit.SECONDS));

      ProcessHandle.of(run.pid().orElseThrow()).orElseThrow().destroyForcibly();
      run.endPhase();
    } finally {
      run.close(reason.getNow("was not told"));
    }

    assertTrue(reason.join().startsWith("target died: floor"), reason.join());
    RecordedRun recorded = RunReader.read(run.directory().orElseThrow());
    assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
    assertEquals(List.of(reason.join()), recorded.run().validity().reasons());
    assertTrue(recorded.phase("fanout-20").result().books().delivered() >= 400);
    Path page =
        Reports.write(List.of(run.directory().orElseThrow()), directory.resolve("site")).page();
    assertTrue(Files.readString(page).contains("target died"));
  }

  private RecordedRun measure(Fault fault, String phases) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(fault)) {
      return measure(target.url(), phases);
    }
  }

  private RecordedRun measure(URI url, String phases) throws Exception {
    Options options = options(url.toString(), phases);
    TargetRun run =
        new TargetRun(
            options.targets().get(0),
            options.workload(),
            options,
            Pinning.off("test"),
            progress(),
            why -> {
              throw new AssertionError(why);
            },
            new CompletableFuture<>());
    try {
      run.start();
      while (run.hasNextPhase()) {
        run.prepareNextPhase((phase, attempt) -> ArrivalListener.none());
        senders(run);
        run.endPhase();
      }
      run.end();
    } finally {
      run.close("cut short");
    }
    return RunReader.read(run.directory().orElseThrow());
  }

  private Options options(String target, String phases) throws IOException {
    Path workload =
        Files.writeString(
            directory.resolve("faults.conf"),
            """
            warmUp = 0s, drain = 2s, payloadBytes = 64, arrivals = constant, seed = 1
            slo = ["missing==0"]
            """
                + phases);
    Properties properties = new Properties();
    properties.setProperty("fanbench.home", Path.of("..").toAbsolutePath().toString());
    properties.setProperty("fanbench.workload", workload.toString());
    properties.setProperty("fanbench.target", target);
    properties.setProperty("fanbench.floor", "off");
    properties.setProperty("fanbench.out", directory.resolve("runs").toString());
    properties.setProperty("fanbench.site", directory.resolve("site").toString());
    Files.createDirectories(directory.resolve("runs"));
    EnumSet<PhaseKind> kinds = EnumSet.noneOf(PhaseKind.class);
    for (PhaseKind kind : PhaseKind.values()) {
      if (phases.contains(kind.name().toLowerCase(Locale.ROOT))) {
        kinds.add(kind);
      }
    }
    return OptionsReader.read(properties, kinds, "default");
  }

  private static void senders(TargetRun run) {
    for (int sender = 0; sender < 8; sender++) {
      run.arrivals(() -> {});
    }
  }

  private static Progress progress() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, 0);
  }
}
