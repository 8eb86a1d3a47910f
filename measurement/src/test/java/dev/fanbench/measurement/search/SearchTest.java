package dev.fanbench.measurement.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {

  private static final Judgement HELD = CappedTarget.at(1).offered(1);
  private static final Judgement MISSED = CappedTarget.at(1).offered(2);

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
  void theAnswerIsConfirmedByFiveOfFive() {
    Search search = CappedTarget.at(333).answer(new Search(SearchedQuantity.RATE, 40));
    assertEquals(
        5, search.steps().stream().filter(s -> s.purpose() == SearchPurpose.CONFIRM).count());
    assertTrue(search.limit().startsWith("missed at "), search::limit);
  }

  /** A rate has three digits, so the largest that can be offered may lie below the end. */
  @ParameterizedTest
  @CsvSource({"1234, 1230", "1236, 1230", "1240, 1240", "1.239, 1.23", "999.6, 999"})
  void noRateAboveTheEndOfTheRangeIsOffered(double most, double answer) {
    double start = Math.min(most, 40);
    Search search = new Search(SearchedQuantity.RATE, start, most);
    CappedTarget.at(9_999).answer(search);
    assertEquals(answer, search.answer().orElseThrow(), answer * 1e-9);
    assertTrue(search.steps().stream().allMatch(step -> step.load() <= most));
  }

  @Test
  void noRoomAboveTheEndOfTheRangeIsOffered() {
    Search search = new Search(SearchedQuantity.SUBSCRIBERS, 40, 100.6);
    assertEquals(Optional.of(100.0), CappedTarget.at(9_999).answer(search).answer());
  }

  @Test
  void theRunsThatAreLeftAreKnownOnceALoadWasTooMuch() {
    Search search = new Search(SearchedQuantity.RATE, 40);
    CappedTarget target = CappedTarget.at(333);
    while (search.runsLeft().isEmpty()) {
      search.told(target.offered(search.next().orElseThrow()));
    }
    int said = search.runsLeft().orElseThrow();
    int before = search.steps().size();
    target.answer(search);
    int needed = search.steps().size() - before;
    // A load counts as missed when it was missed twice, so there may be as many more.
    assertTrue(said <= needed && needed <= 2 * said, said + " were told, and " + needed + " came");
    assertEquals(0, search.runsLeft().orElseThrow());
  }

  /** A run in twenty misses by chance, so one confirmation in four gives way to a lower load. */
  @Test
  void findsTheCapThroughNoise() {
    int within5Percent = 0;
    int within15Percent = 0;
    for (int seed = 0; seed < 200; seed++) {
      double cap = Math.min(50 * Math.pow(1.03, seed), 90_000);
      CappedTarget target = CappedTarget.noisy(cap, 0.05, 0.1, seed);
      double answer =
          target.answer(new Search(SearchedQuantity.RATE, 40)).answer().orElse(Double.NaN);
      assertFalse(answer > cap, () -> answer + " for " + cap);
      within5Percent += within(cap, answer) ? 1 : 0;
      within15Percent += answer >= cap / 1.15 ? 1 : 0;
    }
    assertTrue(within5Percent >= 150, within5Percent + " of 200 within 5 %");
    assertTrue(within15Percent >= 190, within15Percent + " of 200 within 15 %");
  }

  @Test
  void oneMissOfFiveGivesWayToTheLargestLoadAlreadySustained() {
    Search search = new Search(SearchedQuantity.RATE, 100);
    tell(search, load -> load <= 150, SearchPurpose.CONFIRM);
    double first = search.next().orElseThrow();
    tell(search, HELD, 4);
    search.told(MISSED);
    assertEquals(SearchPurpose.RECHECK, search.purpose());
    double lower = search.next().orElseThrow();
    assertTrue(lower < first && search.steps().stream().anyMatch(s -> s.load() == lower));
    search.told(HELD);
    tell(search, load -> load < first, null);
    double answer = search.answer().orElseThrow();
    assertTrue(answer >= lower && answer < first, answer + " of " + lower + " and " + first);
    assertTrue(answer * 1.05 >= first, answer + " is not within 5 % of " + first);
    String sentence = result(search).sentence();
    String miss = " Sustained, and also missed: %s in 1 of 6 runs.";
    assertTrue(
        sentence.endsWith(miss.formatted(SearchedQuantity.RATE.text(first))), () -> sentence);
  }

  @Test
  void aTargetThatDoesNotRecoverFromAnOverloadIsSaidTo() {
    Search search = new Search(SearchedQuantity.RATE, 50);
    boolean[] harmed = new boolean[1];
    tell(
        search,
        load -> {
          harmed[0] |= load > 300;
          return !harmed[0];
        },
        null);
    assertEquals(Optional.empty(), search.answer());
    assertEquals(3 + 2 + 4, search.steps().size(), "50 100 200, 400 twice, 200 and 100 twice");
    assertEquals(
        "netty, 10 subscribers, slo: 200/s, sustained in 1 of 1 runs until 400/s was offered, and not"
            + " confirmed. The target did not recover: it sustained 200/s in 0 of 2 runs after that."
            + " Sustained, and also missed: 100/s in 2 of 3 runs, 200/s in 2 of 3 runs.",
        result(search).sentence());
    assertEquals(
        "sustained 200/s before, no longer after 400/s: the target did not recover",
        search.limit());
    assertEquals(Optional.of(new SustainedLoad(200, 1, 1, 2, 400)), result(search).largest());
  }

  /** The first overload may be gentle, and a later one not. */
  @Test
  void aTargetThatIsHarmedLaterIsSaidTo() {
    Search search = new Search(SearchedQuantity.RATE, 50);
    int[] overloads = new int[1];
    tell(
        search,
        load -> {
          overloads[0] += load > 220 ? 1 : 0;
          return load <= 220 && overloads[0] < 4;
        },
        null);
    assertEquals(
        "sustained 200/s before, no longer after 283/s: the target did not recover",
        search.limit());
    assertEquals(Optional.of(new SustainedLoad(200, 2, 2, 1, 283)), result(search).largest());
  }

  @Test
  void aLoadThatIsNeverConfirmedIsNamedWithItsRuns() {
    Search search = new Search(SearchedQuantity.RATE, 50);
    boolean[] confirming = new boolean[1];
    while (search.next().isPresent()) {
      confirming[0] = search.purpose() == SearchPurpose.CONFIRM;
      double load = search.next().getAsDouble();
      search.told(!confirming[0] && load <= 100 ? HELD : MISSED);
    }
    assertEquals(Optional.empty(), search.answer());
    assertTrue(search.recovered());
    String sentence = result(search).sentence();
    assertTrue(
        sentence.startsWith(
            "netty, 10 subscribers, slo: 100/s, sustained in 2 of 3 runs and not confirmed; missed"
                + " at "),
        sentence);
  }

  @Test
  void aTargetThatIsOnlySlowerAfterwardsHasAnAnswer() {
    Search search = new Search(SearchedQuantity.RATE, 50);
    boolean[] harmed = new boolean[1];
    tell(
        search,
        load -> {
          harmed[0] |= load > 300;
          return load <= (harmed[0] ? 150 : 300);
        },
        null);
    double answer = search.answer().orElseThrow();
    assertTrue(within(150, answer), () -> answer + " for 150");
    assertTrue(result(search).sentence().contains("200/s in 2 of 3 runs"));
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

  /** From 210/s on its p90 is so near to the threshold that no run can tell. */
  @Test
  void aLoadOfWhichNoRunCanTellMakesTheAnswerALowerBound() {
    Search search = new Search(SearchedQuantity.RATE, 100);
    while (search.next().isPresent()) {
      double load = search.next().getAsDouble();
      search.told(load > 210 ? CappedTarget.undecided() : HELD);
    }
    double answer = search.answer().orElseThrow();
    assertTrue(within(210, answer), () -> answer + " for 210");
    SearchResult result = result(search);
    assertTrue(result.undecided() && !result.loadBound());
    assertTrue(
        result.sentence().contains(": at least " + text(answer) + ", more is undecided, sustained"),
        result.sentence());
    assertTrue(result.sentence().contains("Limit: undecided at "), result.sentence());
  }

  @Test
  void aRunThatIsUndecidedIsFollowedByALongerOneOfTheSameLoad() {
    Search search = new Search(SearchedQuantity.RATE, 100);
    assertEquals(1, search.lengthening());
    search.told(CappedTarget.undecided());
    assertEquals(100, search.next().orElseThrow());
    assertEquals(2, search.lengthening());
    search.told(CappedTarget.undecided());
    assertEquals(100, search.next().orElseThrow());
    assertEquals(4, search.lengthening());
    search.told(HELD);
    assertEquals(200, search.next().orElseThrow());
    assertEquals(1, search.lengthening());
    assertEquals(Optional.empty(), search.bound());
  }

  /** It is no miss: the five runs that sustain the answer may have it between them. */
  @Test
  void anUndecidedRunAmongThoseThatConfirmIsRepeated() {
    Search search = new Search(SearchedQuantity.RATE, 100, 100);
    search.told(HELD);
    assertEquals(SearchPurpose.CONFIRM, search.purpose());
    tell(search, HELD, 2);
    search.told(CappedTarget.undecided());
    assertEquals(2, search.lengthening());
    tell(search, HELD, 3);
    assertEquals(Optional.of(100.0), search.answer());
    assertFalse(result(search).undecided());
  }

  @Test
  void aTargetOfWhichNoRunCanTellHasNoAnswer() {
    Search search = new Search(SearchedQuantity.RATE, 100);
    while (search.next().isPresent()) {
      search.told(CappedTarget.undecided());
    }
    assertEquals(6, search.steps().size(), "three runs of each of two loads");
    assertEquals(Optional.empty(), search.answer());
    assertTrue(result(search).undecided());
    String sentence = result(search).sentence();
    assertTrue(sentence.contains("undecided, no answer; undecided at 50/s: "), sentence);
  }

  /** It sustained one subscriber once, and after that no run could tell. */
  @Test
  void aTargetThatIsUndecidedAfterAnOverloadIsNotSaidToBeHarmed() {
    Search search = new Search(SearchedQuantity.SUBSCRIBERS, 1);
    search.told(HELD);
    tell(search, MISSED, 2);
    assertEquals(SearchPurpose.RECHECK, search.purpose());
    tell(search, CappedTarget.undecided(), 3);
    assertTrue(search.next().isEmpty());
    assertTrue(search.recovered());
    String sentence = result(search).sentence();
    assertTrue(
        sentence.contains("sustained in 1 of 4 runs and not confirmed; undecided at"), sentence);
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
                () -> new Search(SearchedQuantity.SUBSCRIBERS, 2_000_000))
            .getMessage();
    assertTrue(message.contains("1,000,000 subscribers or less"), message);
  }

  private static void tell(Search search, DoublePredicate holds, SearchPurpose until) {
    while (search.next().isPresent() && search.purpose() != until) {
      search.told(holds.test(search.next().getAsDouble()) ? HELD : MISSED);
    }
  }

  private static void tell(Search search, Judgement judgement, int times) {
    for (int i = 0; i < times; i++) {
      search.told(judgement);
    }
  }

  private static SearchResult result(Search search) {
    return SearchResult.of("netty", SearchedQuantity.RATE, "10 subscribers", "slo", search);
  }

  private static String text(double load) {
    return SearchedQuantity.RATE.text(load);
  }

  private static void assertWithinFivePercent(double cap, Search search) {
    double answer = search.answer().orElseThrow();
    assertTrue(within(cap, answer), () -> answer + " for " + cap);
  }

  private static boolean within(double cap, double answer) {
    return answer <= cap && answer * (1 + Search.PRECISION) >= cap * 0.995;
  }
}
