package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.TokenBucket;
import dev.fanbench.emulator.template.FunctionDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * Hands requests to environments. At most {@code cap} requests are in progress over all functions,
 * those of functions to functions left out, as an account's concurrency has it; further ones wait
 * in order of arrival.
 *
 * <p>Thread-safe. {@link #invoke} never blocks and never runs a handler itself.
 */
public final class Invoker implements AutoCloseable {
  /** What Lambda says to a request over one of its quotas. */
  private static final String TOO_MANY = "Rate Exceeded.";

  private final Map<String, FunctionDefinition> functions;
  private final HandlerLoader loader;
  private final int cap;
  private final Duration coldStart;
  private final QuotaCheck quotas;
  private final LambdaFigures figures = new LambdaFigures();

  /** Environments that each function may still be given. */
  private final Map<String, TokenBucket> scaling = new HashMap<>();

  // All below are guarded by this object's monitor, which is held for a few queue operations only.
  private final Map<String, Deque<Environment>> idle = new HashMap<>();
  private final Deque<Invocation> waiting = new ArrayDeque<>();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private int inProgress;

  /** Requests that are neither answered nor given up; a drain waits for their answers. */
  private int open;

  private int environments;
  private boolean closed;

  /**
   * @param functions by logical name
   * @param cap requests in progress at most
   * @param coldStart what a new environment takes before its first request
   * @param quotas of the account; a request beyond them is refused, and does not wait
   */
  public Invoker(
      Map<String, FunctionDefinition> functions,
      HandlerLoader loader,
      int cap,
      Duration coldStart,
      QuotaCheck quotas) {
    this.functions = Map.copyOf(functions);
    this.loader = loader;
    this.cap = cap;
    this.coldStart = coldStart;
    this.quotas = quotas;
    for (String name : functions.keySet()) {
      idle.put(name, new ArrayDeque<>());
      scaling.put(name, quotas.bucketOfTenSeconds(Quota.ENVIRONMENTS_PER_TEN_SECONDS));
    }
  }

  /** What invocations have cost so far. */
  public LambdaFigures figures() {
    return figures;
  }

  /**
   * Starts a request.
   *
   * @param function the logical name of a function
   * @param event what its handler reads
   */
  public Invocation invoke(String function, byte[] event) {
    return invoke(function, event, false);
  }

  /**
   * Starts a request of one function to another. It waits for nobody's turn: whoever asks holds one
   * already, and if all who hold one waited for another, no turn would ever end.
   */
  public Invocation invokeByFunction(String function, byte[] event) {
    return invoke(function, event, true);
  }

  /** Whether there is such a function. */
  public boolean knows(String function) {
    return functions.containsKey(function);
  }

  /** How long a function may take. */
  public Duration timeout(String function) {
    return functions.get(function).timeout();
  }

  private Invocation invoke(String function, byte[] event, boolean byFunction) {
    Invocation invocation = new Invocation(function, event);
    Runnable start = () -> {};
    synchronized (this) {
      // What a function asks belongs to a request that is in progress, which a stop waits for.
      if (closed && !byFunction) {
        return refused(invocation, "stopping");
      }
      if (!quotas.allows(Quota.CONCURRENCY, inProgress + waiting.size() + 1L)) {
        return refused(invocation, TOO_MANY);
      }
      open++;
      if (byFunction || inProgress < cap) {
        start = place(invocation);
      } else {
        waiting.add(invocation);
        figures.waited();
      }
    }
    start.run();
    return invocation;
  }

  /** Requests that handlers work on now. */
  public synchronized int inProgress() {
    return inProgress;
  }

  private static Invocation refused(Invocation invocation, String why) {
    invocation.answer().completeExceptionally(new RejectedExecutionException(why));
    return invocation;
  }

  /**
   * Takes an idle environment, the one used last because it is the warmest, or makes a new one.
   *
   * @return starts the request there, or refuses it; to be run outside of the monitor
   */
  private Runnable place(Invocation invocation) {
    String function = invocation.function();
    Environment warmest = idle.get(function).pollFirst();
    if (warmest == null
        && !quotas.allows(Quota.ENVIRONMENTS_PER_TEN_SECONDS, scaling.get(function))) {
      return () -> over(refused(invocation, TOO_MANY));
    }
    Environment environment = warmest == null ? create(function) : warmest;
    inProgress++;
    return () -> environment.run(invocation);
  }

  private Environment create(String function) {
    Environment environment =
        new Environment(functions.get(function), loader, this, coldStart, quotas, ++environments);
    figures.environmentCreated();
    environment.start();
    return environment;
  }

  /** Called by an environment that is free again. */
  void finished(Environment environment) {
    List<Runnable> starts;
    synchronized (this) {
      inProgress--;
      if (closed) {
        environment.stop();
      } else {
        idle.get(environment.function().name()).addFirst(environment);
      }
      starts = startWaiting();
    }
    starts.forEach(Runnable::run);
  }

  /** Called for an environment that will never be free again. */
  void abandoned(Invocation invocation) {
    figures.environmentAbandoned();
    List<Runnable> starts;
    synchronized (this) {
      inProgress--;
      starts = startWaiting();
    }
    over(invocation);
    starts.forEach(Runnable::run);
  }

  /** Called when a request has been answered, or when nobody waits for the answer any more. */
  void over(Invocation invocation) {
    synchronized (this) {
      if (invocation.markOver()) {
        open--;
      }
      if (closed && open == 0) {
        drained.complete(null);
      }
    }
  }

  private List<Runnable> startWaiting() {
    List<Runnable> starts = new ArrayList<>();
    while (inProgress < cap && !waiting.isEmpty()) {
      Invocation next = waiting.poll();
      if (next.isAbandoned()) {
        over(next);
      } else {
        starts.add(place(next));
      }
    }
    return starts;
  }

  /** Refuses new requests; completes when those in progress and waiting are answered. */
  public CompletableFuture<Void> drain() {
    synchronized (this) {
      closed = true;
      idle.values().forEach(environments -> environments.forEach(Environment::stop));
      if (open == 0) {
        drained.complete(null);
      }
      return drained;
    }
  }

  @Override
  public void close() {
    drain();
  }
}
