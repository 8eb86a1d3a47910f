package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.TemplateException;
import dev.fanbench.target.TargetCounter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The concurrency of the account, divided among functions as Lambda does it. A function with
 * reserved concurrency has that many requests in progress at most, and no other function takes them
 * from it. All other functions share the rest of the account's.
 *
 * <p>Not thread-safe: the invoker's monitor guards it.
 */
public final class AccountConcurrency {
  /** Requests that Lambda keeps for functions without a reservation; of a small account a tenth. */
  private static final int LEAST_SHARED = 100;

  private final QuotaCheck quotas;
  private final Map<String, Integer> reserved = new HashMap<>();
  private final Map<String, Integer> inProgress = new HashMap<>();
  private final long shared;
  private long sharedInProgress;
  private long refusedByReservation;

  /**
   * Refuses reservations that leave too little for all other functions, as Lambda does.
   *
   * @throws TemplateException naming the functions and the most that they may reserve
   */
  public static void require(QuotaCheck quotas, Collection<FunctionDefinition> functions) {
    int account = quotas.of(Quota.CONCURRENCY);
    int most = account - Math.min(LEAST_SHARED, account / 10);
    List<FunctionDefinition> reserving =
        functions.stream().filter(each -> each.reservedConcurrency().isPresent()).toList();
    int all = reserving.stream().mapToInt(each -> each.reservedConcurrency().get()).sum();
    if (all > most) {
      throw new TemplateException(
          "ReservedConcurrentExecutions of %s are %d together; %d are allowed of the account's %d"
              .formatted(
                  reserving.stream().map(FunctionDefinition::name).sorted().toList(),
                  all,
                  most,
                  account));
    }
  }

  /**
   * @param quotas has the account's concurrency
   * @param functions of the account
   */
  AccountConcurrency(QuotaCheck quotas, Collection<FunctionDefinition> functions) {
    this.quotas = quotas;
    functions.forEach(
        function ->
            function
                .reservedConcurrency()
                .ifPresent(requests -> reserved.put(function.name(), requests)));
    shared =
        quotas.of(Quota.CONCURRENCY)
            - reserved.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Whether a function may begin one more request; counts a hit of its limit when it may not. */
  boolean allows(String function) {
    boolean allowed = hasRoom(function);
    if (!allowed && reserved.containsKey(function)) {
      refusedByReservation++;
    } else if (!allowed) {
      quotas.hit(Quota.CONCURRENCY);
    }
    return allowed;
  }

  /** Whether a function may begin one more request. */
  boolean hasRoom(String function) {
    Integer own = reserved.get(function);
    return own == null ? sharedInProgress < shared : inProgress.getOrDefault(function, 0) < own;
  }

  /** Whether a function has any concurrency at all. */
  boolean mayEverRun(String function) {
    return reserved.getOrDefault(function, 1) > 0;
  }

  void begin(String function) {
    count(function, 1);
  }

  void end(String function) {
    count(function, -1);
  }

  private void count(String function, int change) {
    if (reserved.containsKey(function)) {
      inProgress.merge(function, change, Integer::sum);
    } else {
      sharedInProgress += change;
    }
  }

  /** Adds the number of requests that were refused for a function's own reservation, if any. */
  void putCounters(Map<String, Long> counters) {
    if (refusedByReservation > 0) {
      counters.put(TargetCounter.QUOTA_HITS.key("reservedConcurrency"), refusedByReservation);
    }
  }
}
