package dev.fanbench.gatling.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.search.SearchOutcome;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchedQuantity;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Targets without an answer decide the exit code of a search. */
class SearchExitCodeTest {
  private static final SearchResult ANSWERED = result(Optional.of(40.0), SearchOutcome.UNDECIDED);
  private static final SearchResult UNDECIDED = result(Optional.empty(), SearchOutcome.UNDECIDED);
  private static final SearchResult MISSED = result(Optional.empty(), SearchOutcome.MISSED);
  private static final SearchResult INVALID = result(Optional.empty(), SearchOutcome.INVALID);

  @Test
  void aLowerBoundIsAnAnswer() {
    assertEquals(0, SearchCommand.exitCode(List.of(ANSWERED)));
  }

  @Test
  void undecidedIsNeitherMissedNorInvalid() {
    assertEquals(97, SearchCommand.exitCode(List.of(ANSWERED, UNDECIDED)));
    assertEquals(99, SearchCommand.exitCode(List.of(UNDECIDED, MISSED)));
    assertEquals(98, SearchCommand.exitCode(List.of(UNDECIDED, INVALID, MISSED)));
  }

  private static SearchResult result(Optional<Double> answer, SearchOutcome bound) {
    return new SearchResult(
        "netty",
        SearchedQuantity.RATE,
        "100 subscribers",
        "p90.lastDelivery<250ms",
        List.of(),
        answer,
        "the limit",
        Optional.of(bound),
        true);
  }
}
