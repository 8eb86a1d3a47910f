package dev.fanbench.measurement.search;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;

/**
 * Finds the highest load that a target sustains. It doubles the load until it is missed, halves the
 * gap until 5 % are left, and confirms the answer by five runs of five.
 *
 * <pre>
 * Search search = new Search(SearchedQuantity.RATE, 40);
 * while (search.next().isPresent()) {
 *   search.told(offer(search.next().getAsDouble()));
 * }
 * </pre>
 *
 * One run may be unlucky. So a load that is searched counts as missed when it was missed twice. It
 * counts as too much for the load generator when three runs of it were INVALID. A run that is
 * undecided was too short: the load is offered again for twice the time, and then for four times. A
 * load of which three runs were undecided is not known to be sustained, nor to be missed.
 *
 * <p>An overload may harm a target for good. So the largest load that was sustained is offered
 * again after the first overload, and after a confirmation that failed. The search goes on from
 * there when it holds. It ends when two such loads, one after the other, no longer hold. Not
 * thread-safe; no clock, no randomness.
 */
public final class Search {

  /** Distance of the answer from the load that is missed, as a share of it. */
  public static final double PRECISION = 0.05;

  /** Runs that must sustain the answer, without a miss among them. */
  public static final int CONFIRMATIONS = 5;

  private static final int MISSES = 2;
  private static final int INVALIDS = 3;
  private static final int UNDECIDEDS = 3;
  private static final int MOST_ANSWERS = 6;

  /** Loads of which no run tells anything, until the machine is taken to be unfit for any. */
  private static final int MOST_UNSURE = 2;

  /** Loads that were sustained and no longer hold, until the target is taken to be harmed. */
  private static final int MOST_NO_LONGER = 2;

  private final SearchedQuantity subject;
  private final double most;
  private final List<SearchStep> steps = new ArrayList<>();

  /** Loads that were sustained and not missed since. */
  private final NavigableSet<Double> sustained = new TreeSet<>();

  private SearchPurpose purpose = SearchPurpose.SEARCH;
  private double refused;
  private String limit = "";
  private Optional<SearchOutcome> bound = Optional.empty();
  private double current;
  private boolean over;
  private boolean found;
  private boolean overloaded;
  private int held;
  private int misses;
  private int invalids;
  private int undecideds;
  private int answers;
  private int unsure;
  private int noLonger;
  private boolean recovered = true;

  /** A search from {@code start} on, up to the most that can be offered. */
  public Search(SearchedQuantity subject, double start) {
    this(subject, start, subject.most());
  }

  /**
   * @param start what is offered first
   * @param most above which nothing is tried
   * @throws IllegalArgumentException when these are not in order, or beyond what can be offered
   */
  public Search(SearchedQuantity subject, double start, double most) {
    if (!(start >= subject.least() && start <= most && most <= subject.most())) {
      throw new IllegalArgumentException(
          "a search for %s starts at %s or more and ends at %s or less; %s to %s is asked"
              .formatted(
                  subject.key(),
                  subject.text(subject.least()),
                  subject.text(subject.most()),
                  subject.text(start),
                  subject.text(most)));
    }
    this.subject = subject;
    this.most = subject.offeredAtMost(most);
    this.current = Math.min(this.most, subject.offered(start));
  }

  /** The load to offer next; empty when the search is over. */
  public OptionalDouble next() {
    return over ? OptionalDouble.empty() : OptionalDouble.of(current);
  }

  /** The length of the next run, in multiples of the usual one. */
  public int lengthening() {
    return 1 << undecideds;
  }

  /** The reason for which {@link #next} is offered. */
  public SearchPurpose purpose() {
    return purpose;
  }

  /** Takes what came of the load that {@link #next} named. */
  public void told(Judgement judgement) {
    if (over) {
      throw new IllegalStateException("the search is over");
    }
    steps.add(new SearchStep(current, purpose, judgement));
    switch (judgement.outcome()) {
      case SUSTAINED -> sustained();
      case MISSED ->
          refusedAfter(++misses, purpose == SearchPurpose.CONFIRM ? 1 : MISSES, judgement);
      case UNDECIDED -> refusedAfter(++undecideds, UNDECIDEDS, judgement);
      case INVALID -> refusedAfter(++invalids, INVALIDS, judgement);
    }
  }

  private void sustained() {
    sustained.add(current);
    switch (purpose) {
      case SEARCH -> goOn();
      case RECHECK -> {
        noLonger = 0;
        purpose = SearchPurpose.SEARCH;
        goOn();
      }
      case CONFIRM -> {
        found = ++held == CONFIRMATIONS;
        over = found;
      }
    }
  }

  private void refusedAfter(int times, int needed, Judgement judgement) {
    if (times < needed) {
      return;
    }
    boolean missed = judgement.outcome() == SearchOutcome.MISSED;
    refused = current;
    sustained.tailSet(current, true).clear();
    unsure += missed ? 0 : 1;
    bound = Optional.of(judgement.outcome());
    limit =
        judgement.outcome().words() + " at " + subject.text(current) + ": " + judgement.observed();
    switch (purpose) {
      case SEARCH -> afterOverload(missed);
      case RECHECK -> afterRecheck(missed);
      case CONFIRM -> afterConfirmation();
    }
  }

  /** The first overload by a target's own limit is the first that may harm it. */
  private void afterOverload(boolean missed) {
    if (missed && !overloaded && !sustained.isEmpty()) {
      overloaded = true;
      recheck();
    } else {
      goOn();
    }
  }

  private void afterRecheck(boolean missed) {
    noLonger += missed ? 1 : 0;
    boolean least = current <= subject.least();
    if (missed && (noLonger == MOST_NO_LONGER || least)) {
      recovered = false;
      SustainedLoad.of(steps).ifPresent(before -> limit = noLongerText(before));
      over = true;
    } else if (least) {
      over = true;
    } else {
      recheck();
    }
  }

  private void afterConfirmation() {
    if (++answers == MOST_ANSWERS || current <= subject.least()) {
      over = true;
    } else {
      recheck();
    }
  }

  /** Offers the largest load that was sustained, or else half of the one that was not. */
  private void recheck() {
    purpose = SearchPurpose.RECHECK;
    offer(sustained.isEmpty() ? Math.max(subject.least(), refused / 2) : sustained.last());
  }

  private String noLongerText(SustainedLoad before) {
    return "sustained %s before, no longer after %s: the target did not recover"
        .formatted(subject.text(before.load()), subject.text(before.overload()));
  }

  private void goOn() {
    double best = sustained.isEmpty() ? 0 : sustained.last();
    if (refused == 0 && best >= most) {
      limit = "nothing above " + subject.text(most) + " was tried";
      confirm(best);
    } else if (refused == 0) {
      offer(Math.min(most, best * 2));
    } else if (best == 0 && (refused <= subject.least() || unsure == MOST_UNSURE)) {
      over = true;
    } else if (best == 0) {
      offer(Math.max(subject.least(), refused / 2));
    } else {
      halve(best);
    }
  }

  private void halve(double best) {
    double middle = subject.offered(Math.sqrt(best * refused));
    boolean close = refused <= best * (1 + PRECISION);
    if (close || middle <= best || middle >= refused) {
      confirm(best);
    } else {
      offer(middle);
    }
  }

  private void confirm(double best) {
    purpose = SearchPurpose.CONFIRM;
    offer(best);
  }

  private void offer(double load) {
    current = Math.min(most, subject.offered(load));
    misses = 0;
    invalids = 0;
    undecideds = 0;
    held = 0;
  }

  /**
   * The number of runs that are left if the first run of each load decides. Empty until one load
   * was sustained and a higher one was not, as the search has no upper end before.
   */
  public OptionalInt runsLeft() {
    if (over) {
      return OptionalInt.of(0);
    }
    if (purpose == SearchPurpose.CONFIRM) {
      return OptionalInt.of(CONFIRMATIONS - held);
    }
    if (refused == 0 || sustained.isEmpty()) {
      return OptionalInt.empty();
    }
    int runs = CONFIRMATIONS + (purpose == SearchPurpose.RECHECK ? 1 : 0);
    double gap = Math.log(refused / sustained.last());
    while (gap > Math.log1p(PRECISION)) {
      gap /= 2;
      runs++;
    }
    return OptionalInt.of(runs);
  }

  /** Every load that was offered, in order. */
  public List<SearchStep> steps() {
    return List.copyOf(steps);
  }

  /** The answer, once {@link #CONFIRMATIONS} runs have sustained it. */
  public Optional<Double> answer() {
    return found ? Optional.of(current) : Optional.empty();
  }

  /**
   * Whether loads that were sustained before an overload were sustained after it too. A search
   * whose target did not recover has no answer, as none can be confirmed.
   */
  public boolean recovered() {
    return recovered;
  }

  /** The reason why the load cannot be higher, in one clause; empty when there is none so far. */
  public String limit() {
    return limit;
  }

  /** The outcome of the load that is that reason; empty when the reason is no load. */
  public Optional<SearchOutcome> bound() {
    return bound;
  }
}
