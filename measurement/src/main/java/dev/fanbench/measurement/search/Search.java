package dev.fanbench.measurement.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Finds the highest load that a target sustains. It doubles the load until it is missed, halves the
 * gap until 5 % are left, and confirms the answer three times.
 *
 * <pre>
 * Search search = new Search(Subject.RATE, 40);
 * while (search.next().isPresent()) {
 *   search.told(offer(search.next().getAsDouble()));
 * }
 * </pre>
 *
 * One run may be unlucky. A load counts as missed when it was missed twice. It counts as too much
 * for the load generator when three runs of it were INVALID. An answer that does not hold when it
 * is confirmed gives way to one 5 % lower. Not thread-safe; no clock, no randomness.
 */
public final class Search {

  /** Distance of the answer from the load that is missed, as a share of it. */
  public static final double PRECISION = 0.05;

  /** Runs that must sustain the answer. */
  public static final int CONFIRMATIONS = 3;

  private static final int MISSES = 2;
  private static final int INVALIDS = 3;
  private static final int MOST_ANSWERS = 6;

  /** Loads of which no run is valid, until the machine is taken to be unfit for any. */
  private static final int MOST_UNSURE = 2;

  private final SearchedQuantity subject;
  private final double most;
  private final List<SearchStep> steps = new ArrayList<>();
  private double sustained;
  private double refused;
  private String limit = "";
  private double current;
  private boolean confirming;
  private boolean over;
  private boolean found;
  private int held;
  private int misses;
  private int invalids;
  private int answers;
  private int unsure;

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
    this.most = most;
    this.current = subject.offered(start);
  }

  /** The load to offer next; empty when the search is over. */
  public OptionalDouble next() {
    return over ? OptionalDouble.empty() : OptionalDouble.of(current);
  }

  /** Whether the next run confirms an answer. */
  public boolean confirming() {
    return confirming;
  }

  /** Takes what came of the load that {@link #next} named. */
  public void told(Judgement judgement) {
    if (over) {
      throw new IllegalStateException("the search is over");
    }
    steps.add(new SearchStep(current, confirming, judgement));
    switch (judgement.outcome()) {
      case SUSTAINED -> sustained();
      case MISSED -> refusedAfter(++misses, MISSES, judgement);
      case INVALID -> refusedAfter(++invalids, INVALIDS, judgement);
    }
  }

  private void sustained() {
    sustained = Math.max(sustained, current);
    if (!confirming) {
      goOn();
    } else if (++held == CONFIRMATIONS) {
      found = true;
      over = true;
    }
  }

  private void refusedAfter(int times, int needed, Judgement judgement) {
    if (times < needed) {
      return;
    }
    refused = current;
    unsure += judgement.outcome() == SearchOutcome.INVALID ? 1 : 0;
    limit =
        judgement.outcome().words() + " at " + subject.text(current) + ": " + judgement.observed();
    if (!confirming) {
      goOn();
    } else if (++answers == MOST_ANSWERS || current <= subject.least()) {
      over = true;
    } else {
      offer(Math.max(subject.least(), current / (1 + PRECISION)));
    }
  }

  private void goOn() {
    if (refused == 0 && sustained >= most) {
      limit = "nothing above " + subject.text(most) + " was tried";
      confirm();
    } else if (refused == 0) {
      offer(Math.min(most, sustained * 2));
    } else if (sustained == 0 && (refused <= subject.least() || unsure == MOST_UNSURE)) {
      over = true;
    } else if (sustained == 0) {
      offer(Math.max(subject.least(), refused / 2));
    } else {
      halve();
    }
  }

  private void halve() {
    double middle = subject.offered(Math.sqrt(sustained * refused));
    boolean close = refused <= sustained * (1 + PRECISION);
    if (close || middle <= sustained || middle >= refused) {
      confirm();
    } else {
      offer(middle);
    }
  }

  private void confirm() {
    confirming = true;
    offer(sustained);
  }

  private void offer(double load) {
    current = subject.offered(load);
    misses = 0;
    invalids = 0;
    held = 0;
  }

  /** Every load that was offered, in order. */
  public List<SearchStep> steps() {
    return List.copyOf(steps);
  }

  /** The answer, once {@link #CONFIRMATIONS} runs have sustained it. */
  public Optional<Double> answer() {
    return found ? Optional.of(current) : Optional.empty();
  }

  /** The reason why the load cannot be higher, in one clause; empty when there is none so far. */
  public String limit() {
    return limit;
  }
}
