package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.TargetFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The load is warmed up by traffic of every kind, of which nothing is left. */
@Timeout(60)
class LoadWarmUpTest {
  @TempDir Path directory;

  @Test
  void everyKindOfArrivalIsOfferedAndNothingIsLeft() throws Exception {
    Path scratch = Files.createDirectory(directory.resolve("scratch"));

    long delivered = LoadWarmUp.run(options(), Pinning.off("test"), new EarlyEnd(), scratch);

    // 100 connects, 1,000 answers, 200 chat texts and 400 publications to 50 members.
    assertEquals(100 + 1_000 + 200 + 400 * 50, delivered);
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void aRunThatIsOverEndsItAtOnce() throws Exception {
    EarlyEnd end = new EarlyEnd();
    end.because("The run was interrupted.");

    TargetFailure failure =
        assertThrows(
            TargetFailure.class,
            () -> LoadWarmUp.run(options(), Pinning.off("test"), end, directory));

    assertEquals("The run was interrupted.", failure.getMessage());
  }

  /** The image of the load has no servers. */
  @Test
  void withoutAFloorThereIsNoWarmUp() throws Exception {
    Options all = options();
    Options image =
        new Options(
            all.targets(),
            all.offered(),
            all.slos(),
            all.dialect(),
            all.leftOut(),
            all.trust(),
            all.headers(),
            all.identities(),
            all.signing(),
            all.serverless(),
            all.index(),
            directory,
            all.values());

    IOException none =
        assertThrows(
            IOException.class,
            () -> LoadWarmUp.run(image, Pinning.off("test"), new EarlyEnd(), directory));

    assertEquals("there is no floor in servers/", none.getMessage());
  }

  private Options options() throws IOException {
    return ExperimentInTest.options(
        directory, "ws://127.0.0.1:9/any", "fanout = [ { subscribers = 1, count = 1, rate = 1 } ]");
  }
}
