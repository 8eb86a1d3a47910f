package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.change.PairedRatio;
import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.BlockMedian;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.model.LiveRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Beside programs that burn 30 % of each core in bursts of 5 to 30 ms, another client measures the
 * same two targets in the same blocks. Each of its publications comes between two of fanbench's.
 * The interval of fanbench's ratio must hold the ratio that the other client measured.
 *
 * <p>Needs gcc and two cores of its own.
 */
@Tag("soak")
@Timeout(900)
class BusyMachineTest {
  private static final int ROUNDS = 10;
  private static final int LEAST_AGREED = 9;
  private static final int SUBSCRIBERS = 100;
  private static final int RATE = 10;
  private static final int BLOCKS = 8;
  private static final int OF_A_BLOCK = 10;
  private static final int BURNT_PERCENT = 30;
  private static final List<String> TARGETS = List.of("netty", "serverless");

  @TempDir Path directory;

  @Test
  void theRatioIsThatOfAnotherClientInTheSameBlocks() throws Exception {
    Path other = OtherClient.compiled(directory, "agreement");
    Path burn = OtherClient.compiled(directory, "burn");
    Pinning pinning = Pinning.apply();
    List<AutoCloseable> open = new ArrayList<>();
    try {
      List<String> urls = new ArrayList<>();
      Map<String, OtherClient> clients = new LinkedHashMap<>();
      for (String name : TARGETS) {
        Options started = options(name);
        Target target = Target.start(TargetChoice.named(started.home(), name), started, pinning);
        open.add(target);
        target.roots().forEach(pinning::confine);
        String url = target.url().toString();
        OtherClient client =
            OtherClient.join(other, target.url(), SUBSCRIBERS, OF_A_BLOCK, RATE, "other");
        open.add(client);
        urls.add(url);
        clients.put(url, client);
      }
      Options options = options(String.join(",", urls));
      measure(options, clients); // both are warm then
      for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
        Process burning =
            new ProcessBuilder(burn.toString(), String.valueOf(core), String.valueOf(BURNT_PERCENT))
                .inheritIO()
                .start();
        open.add(burning::destroy);
      }
      int agreed = 0;
      for (int round = 0; round < ROUNDS; round++) {
        agreed += measure(options, clients) ? 1 : 0;
      }
      assertTrue(agreed >= LEAST_AGREED, agreed + " of " + ROUNDS + " agreed");
    } finally {
      for (AutoCloseable each : open) {
        each.close();
      }
    }
  }

  /** One run; whether its interval holds the other client's ratio. */
  private boolean measure(Options options, Map<String, OtherClient> clients) throws Exception {
    BothClients users = new BothClients(clients);
    Experiment experiment = Experiment.of(List.of(options), silence(), 4);
    experiment.run(users);
    experiment.close();
    assertTrue(experiment.end().reason().isEmpty(), experiment.end().reason().toString());
    List<List<BlockMedian>> ours = new ArrayList<>();
    for (TargetRun run : experiment.runs()) {
      var recorded = RunReader.read(run.directory().orElseThrow());
      assertEquals(List.of(), recorded.run().validity().reasons());
      ours.add(recorded.phase("fanout-" + SUBSCRIBERS).blockMedians());
    }
    RatioInterval our = PairedRatio.of(ours.get(0), ours.get(1)).orElseThrow();
    RatioInterval their = PairedRatio.of(users.medians.get(0), users.medians.get(1)).orElseThrow();
    boolean agree = our.low() <= their.ratio() && their.ratio() <= our.high();
    System.out.printf("fanbench %s, other %s, agree: %s%n", our.text(), their.text(), agree);
    return agree;
  }

  private Options options(String targets) throws IOException {
    return ExperimentInTest.options(
        directory,
        targets,
        "fanout = [ { subscribers = %d, count = %d, rate = %d } ]"
            .formatted(SUBSCRIBERS, BLOCKS * OF_A_BLOCK, RATE));
  }

  private static Progress silence() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, new LiveRun(SystemNanoClock.INSTANCE), 0);
  }

  /** In each block, the other client has a series for the same target. */
  private static final class BothClients implements UserPool {
    private final List<OtherClient> clients;
    private final List<PhaseRun> seen = new ArrayList<>();
    private final List<List<BlockMedian>> medians = List.of(new ArrayList<>(), new ArrayList<>());

    BothClients(Map<String, OtherClient> clients) {
      this.clients = List.copyOf(clients.values());
    }

    @Override
    public ArrivalListener listener(String target, Phase phase) {
      return ArrivalListener.none();
    }

    @Override
    public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
      if (!seen.contains(phase)) {
        seen.add(phase);
      }
      int target = seen.indexOf(phase);
      try {
        clients.get(target).begin();
        UserPool.await(phase.takeArrivals(8), early);
        List<Long> nanos = clients.get(target).end().stream().sorted().toList();
        long median = nanos.get((nanos.size() - 1) / 2);
        medians.get(target).add(new BlockMedian(median, median));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
