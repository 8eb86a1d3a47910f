package dev.fanbench.measurement.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

  @ParameterizedTest
  @ValueSource(doubles = {1.3, 7, 39, 40, 41, 79.9, 80, 333, 4_321, 99_000})
  void findsTheCapOfARateWithinFivePercent(double cap) {
    Search search = CappedTarget.at(cap).answer(new Search(SearchedQuantity.RATE, 40));
    assertWithinFivePercent(cap, search);
    assertTrue(search.steps().size() <= 30, () -> search.steps().size() + " runs");
  }

  @ParameterizedTest
  @ValueSource(doubles = {40, 100, 1_000, 7_777, 17_999})
  void findsTheCapOfARoomWithinFivePercent(double cap) {
    Search search = CappedTarget.at(cap).answer(new Search(SearchedQuantity.SUBSCRIBERS, 100));
    assertWithinFivePercent(cap, search);
    double answer = search.answer().orElseThrow();
    assertEquals(Math.rint(answer), answer);
  }

  @Test
  void smallRoomsAreCountedOut() {
    Search search = CappedTarget.at(3).answer(new Search(SearchedQuantity.SUBSCRIBERS, 100));
    assertEquals(Optional.of(3.0), search.answer());
  }

  @Test
  void theAnswerIsConfirmedThreeTimes() {
    Search search = CappedTarget.at(333).answer(new Search(SearchedQuantity.RATE, 40));
    assertEquals(
        Search.CONFIRMATIONS, search.steps().stream().filter(SearchStep::confirming).count());
    assertTrue(search.limit().startsWith("missed at "), search::limit);
  }

  @Test
  void findsTheCapThroughNoise() {
    int right = 0;
    for (int seed = 0; seed < 200; seed++) {
      double cap = 50 * Math.pow(1.03, seed);
      CappedTarget target = CappedTarget.noisy(Math.min(cap, 90_000), 0.05, 0.1, seed);
      Optional<Double> answer = target.answer(new Search(SearchedQuantity.RATE, 40)).answer();
      right += answer.filter(a -> within(Math.min(cap, 90_000), a)).isPresent() ? 1 : 0;
    }
    assertTrue(right >= 190, right + " of 200 within 5 %");
  }

  @Test
  void anAnswerThatDoesNotHoldGivesWayToALowerOne() {
    Search search = new Search(SearchedQuantity.RATE, 100);
    Judgement held = CappedTarget.at(1).offered(1);
    Judgement missed = CappedTarget.at(1).offered(2);
    while (!search.confirming()) {
      search.told(search.next().orElseThrow() <= 150 ? held : missed);
    }
    double first = search.next().orElseThrow();
    search.told(missed);
    assertEquals(first, search.next().orElseThrow(), "once may be bad luck");
    search.told(missed);
    assertEquals(first / 1.05, search.next().orElseThrow(), 0.5);
    search.told(held);
    search.told(held);
    search.told(held);
    assertEquals(first / 1.05, search.answer().orElseThrow(), 0.5);
  }

  @Test
  void aLoadThatCannotKeepUpIsNotTheTargetsLimit() {
    Search search = CappedTarget.beyondTheLoad(500).answer(new Search(SearchedQuantity.RATE, 40));
    SearchResult result =
        SearchResult.of("netty", SearchedQuantity.RATE, "10 subscribers", "slo", search);
    assertTrue(result.loadBound());
    assertTrue(result.sentence().contains("at least "), result.sentence());
    assertTrue(result.sentence().contains("INVALID at "), result.sentence());
  }

  @Test
  void aMachineOnWhichNothingIsValidGivesNoAnswer() {
    Search search = CappedTarget.noisy(500, 0, 1, 1).answer(new Search(SearchedQuantity.RATE, 40));
    assertFalse(search.answer().isPresent());
    assertEquals(6, search.steps().size(), "three runs of each of two loads");
    assertTrue(
        SearchResult.of("netty", SearchedQuantity.RATE, "10 subscribers", "slo", search)
            .sentence()
            .contains("INVALID, no answer"));
  }

  @Test
  void aTargetThatSustainsNothingIsSaidTo() {
    Search search = CappedTarget.at(0.5).answer(new Search(SearchedQuantity.RATE, 40));
    assertFalse(search.answer().isPresent());
    assertTrue(
        SearchResult.of("netty", SearchedQuantity.RATE, "10 subscribers", "slo", search)
            .sentence()
            .contains("nothing is sustained; missed at 1/s"));
  }

  @Test
  void theMostThatMayBeTriedEndsTheSearch() {
    Search search = CappedTarget.at(9_999).answer(new Search(SearchedQuantity.RATE, 40, 600));
    assertEquals(Optional.of(600.0), search.answer());
    assertEquals("nothing above 600/s was tried", search.limit());
  }

  @Test
  void aStartBeyondTheMostIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Search(SearchedQuantity.SUBSCRIBERS, 20_000))
            .getMessage();
    assertTrue(message.contains("18,000 subscribers or less"), message);
  }

  private static void assertWithinFivePercent(double cap, Search search) {
    double answer = search.answer().orElseThrow();
    assertTrue(within(cap, answer), () -> answer + " for " + cap);
  }

  private static boolean within(double cap, double answer) {
    return answer <= cap && answer * (1 + Search.PRECISION) >= cap * 0.995;
  }
}
