package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.search.Judgement;
import dev.fanbench.measurement.search.Search;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchedQuantity;
import dev.fanbench.measurement.search.SustainedLoad;
import dev.fanbench.reports.ReportWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search over real runs, before a target that an overload harms for good. Takes half a minute.
 */
@Tag("soak")
@Timeout(180)
class WornOutTargetTest {
  private static final int SUBSCRIBERS = 3;
  private static final int FIRST_RATE = 20;

  /** A step takes a second, so 80/s is the first that harms the target. */
  private static final Fault WEAR_OUT = new Fault.WearOut(60);

  @TempDir Path directory;

  @Test
  void theAnswerIsTheLargestLoadThatWasSustainedBeforeTheOverload() throws Exception {
    Search search = new Search(SearchedQuantity.RATE, FIRST_RATE);
    RecordedRun last = null;
    try (FaultyTarget target = FaultyTarget.start(WEAR_OUT)) {
      while (search.next().isPresent()) {
        last = measure(target.url(), search.next().getAsDouble(), search.steps().size());
        search.told(Judgement.of(last));
      }
    }

    SearchResult result =
        SearchResult.of("worn", SearchedQuantity.RATE, "3 subscribers", "missing==0", search);
    System.out.println(result.sentence());
    assertEquals(Optional.empty(), result.answer());
    assertFalse(result.recovered());
    SustainedLoad largest = result.largest().orElseThrow();
    assertEquals(2 * FIRST_RATE, largest.load());
    assertEquals(4 * FIRST_RATE, largest.overload());
    assertTrue(largest.sustained() >= 1 && largest.runsAfter() >= 2, largest::toString);
    String sentence =
        "until 80/s was offered, and not confirmed. The target did not recover: it sustained 40/s in"
            + " 0 of "
            + largest.runsAfter()
            + " runs after that.";
    assertTrue(result.sentence().contains(sentence), result.sentence());
    Path page =
        ReportWriter.write(
                List.of(result), List.of(last.directory().path()), directory.resolve("search"))
            .page();
    assertTrue(Files.readString(page).contains(sentence));
  }

  private RecordedRun measure(URI url, double load, int step) throws Exception {
    int rate = (int) load;
    Options options =
        ExperimentInTest.options(
            Files.createDirectories(directory.resolve("step" + step)),
            url.toString(),
            "drain = 1s, fanout = [ { subscribers = %d, count = %d, rate = %d } ]"
                .formatted(SUBSCRIBERS, rate, rate));
    return ExperimentInTest.of(options.targets().get(0), options).whole();
  }
}
