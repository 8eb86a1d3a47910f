package dev.fanbench.emulator.lambda;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Requests that wait until they may begin, in order of arrival.
 *
 * <p>Not thread-safe: the invoker's monitor guards it.
 */
final class WaitingLine {
  /** Bytes of events that may wait: some 40,000 requests of this chat. */
  private static final long MOST_BYTES = 64 * 1024 * 1024;

  private final Set<Invocation> requests = new LinkedHashSet<>();

  /** The number of waiting requests of each function, and of those that a caller waits for. */
  private final Map<String, Integer> ofFunction = new HashMap<>();

  private final Map<String, Integer> withCaller = new HashMap<>();
  private long bytes;

  boolean isEmpty() {
    return requests.isEmpty();
  }

  int size() {
    return requests.size();
  }

  /** Whether one more event of that size may wait. */
  boolean hasRoom(int eventBytes) {
    return bytes + eventBytes <= MOST_BYTES;
  }

  /**
   * Whether an earlier request of the same function goes first. Asynchronous ones let those pass
   * that a caller waits for. One of another function waits for its own reservation, and holds up no
   * other.
   */
  boolean hasEarlierThan(Invocation request) {
    Map<String, Integer> earlier = request.isAsynchronous() ? ofFunction : withCaller;
    return earlier.getOrDefault(request.function(), 0) > 0;
  }

  void add(Invocation request) {
    requests.add(request);
    count(request, 1);
  }

  /** Removes a request; false if it does not wait. */
  boolean remove(Invocation request) {
    if (!requests.remove(request)) {
      return false;
    }
    count(request, -1);
    return true;
  }

  /**
   * Takes requests out, the earliest first.
   *
   * @param more whether one more may be taken
   * @param mayBegin whether it may be this one
   * @param then called with each that is taken
   */
  void take(BooleanSupplier more, Predicate<Invocation> mayBegin, Consumer<Invocation> then) {
    Iterator<Invocation> each = requests.iterator();
    while (each.hasNext() && more.getAsBoolean()) {
      Invocation next = each.next();
      if (mayBegin.test(next)) {
        each.remove();
        count(next, -1);
        then.accept(next);
      }
    }
  }

  private void count(Invocation request, int change) {
    bytes += (long) change * request.event().length;
    ofFunction.merge(request.function(), change, Integer::sum);
    if (!request.isAsynchronous()) {
      withCaller.merge(request.function(), change, Integer::sum);
    }
  }
}
