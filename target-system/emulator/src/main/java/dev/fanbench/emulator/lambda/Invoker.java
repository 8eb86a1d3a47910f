package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.TokenBucket;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.FunctionDirectory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Hands requests to environments. A {@link LocalCap} bounds how many run on this machine's cores,
 * over all functions; further ones wait in order of arrival. The account's concurrency counts the
 * requests in progress, those included that wait for something, and never those that wait for a
 * place: AWS would run them. A request over the account's quotas is refused, and an asynchronous
 * one waits.
 *
 * <p>Thread-safe. {@link #invoke} never blocks and never runs a handler itself.
 */
public final class Invoker implements AutoCloseable {
  /** Lambda's answer to a request over one of its quotas. */
  private static final String TOO_MANY = "Rate Exceeded.";

  private final Map<String, FunctionDefinition> functions;
  private final FunctionDirectory directory;
  private final HandlerLoader loader;

  /** Threads of abandoned requests that may go on; beyond them no environment is created. */
  private static final int MOST_THREADS_LEFT = 100;

  private static final long SAMPLE_MILLIS = 5;

  private final Duration coldStart;
  private final QuotaCheck quotas;
  private final LambdaUsage figures = new LambdaUsage();

  /** Environments that each function may still be given. */
  private final Map<String, TokenBucket> scaling = new HashMap<>();

  // All below are guarded by this object's monitor, which is held for a few queue operations only.
  private final Map<String, Deque<Environment>> idle = new HashMap<>();
  private final WaitingLine waiting = new WaitingLine();
  private final LocalCap cap;
  private final AccountConcurrency account;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  /** Samples the cap while requests wait; made for the first that does. */
  private Thread watch;

  /** Requests that are neither answered nor given up; a drain waits for their answers. */
  private int open;

  private int environments;
  private boolean closed;

  /**
   * @param functions by logical name
   * @param most requests that run on cores at most
   * @param coldStart what a new environment takes before its first request
   * @param quotas of the account; a request beyond them is refused, and does not wait
   */
  public Invoker(
      Map<String, FunctionDefinition> functions,
      HandlerLoader loader,
      int most,
      Duration coldStart,
      QuotaCheck quotas) {
    this(functions, loader, new LocalCap(most, CoreUse.ofThisProcess()), coldStart, quotas);
  }

  Invoker(
      Map<String, FunctionDefinition> functions,
      HandlerLoader loader,
      LocalCap cap,
      Duration coldStart,
      QuotaCheck quotas) {
    this.functions = Map.copyOf(functions);
    this.directory = FunctionDirectory.of(functions.values());
    this.loader = loader;
    this.cap = cap;
    this.coldStart = coldStart;
    this.quotas = quotas;
    this.account = new AccountConcurrency(quotas, functions.values());
    for (String name : functions.keySet()) {
      idle.put(name, new ArrayDeque<>());
      scaling.put(name, quotas.bucketOfTenSeconds(Quota.ENVIRONMENTS_PER_TEN_SECONDS));
    }
  }

  /** The counts and billed times of all invocations so far. */
  public LambdaUsage figures() {
    return figures;
  }

  /**
   * Starts a request.
   *
   * @param function the logical name of a function
   * @param event what its handler reads
   */
  public Invocation invoke(String function, byte[] event) {
    return start(new Invocation(this, function, event, false), false);
  }

  /**
   * Starts an asynchronous request. One over a quota of the account, or over the reservation of its
   * function, waits until it may begin, as in Lambda's own queue. One of a function that may never
   * run is refused.
   */
  public Invocation invokeAsynchronously(String function, byte[] event) {
    return start(new Invocation(this, function, event, true), false);
  }

  /**
   * Starts a request of one function to another. It does not wait for a free slot, because the
   * caller already holds one. If all slot holders waited for another slot, none would ever become
   * free.
   */
  public Invocation invokeByFunction(String function, byte[] event) {
    return start(new Invocation(this, function, event, false), true);
  }

  /** The logical name of the function that a caller of Lambda's API names, if there is one. */
  public Optional<String> find(String given) {
    return directory.find(given);
  }

  /**
   * The time after which a request of a function is given up. A modelled cold start is added, as
   * Lambda does not count its own.
   */
  public Duration timeout(String function) {
    FunctionDefinition definition = functions.get(function);
    return Environment.longest(definition).plus(modelledStart(definition));
  }

  /**
   * A process has a cold start of its own, and its handler sees to it that it lasts long enough.
   */
  private Duration modelledStart(FunctionDefinition function) {
    return function.hasOwnProcess() ? Duration.ZERO : coldStart;
  }

  private Invocation start(Invocation invocation, boolean byFunction) {
    String function = invocation.function();
    Runnable start = () -> {};
    synchronized (this) {
      // What a function asks belongs to a request that is in progress, which a stop waits for.
      if (closed && !byFunction) {
        return refused(invocation, "stopping");
      }
      boolean begins = byFunction || (cap.isFree() && !waiting.hasEarlierThan(invocation));
      if (begins && !quotasAllow(invocation)) {
        if (!invocation.isAsynchronous() || !account.mayEverRun(function)) {
          return refused(invocation, TOO_MANY);
        }
        begins = false;
      }
      if (!begins && !waiting.hasRoom(invocation.event().length)) {
        figures.queueFull();
        return refused(invocation, "too many requests wait for this machine");
      }
      open++;
      if (begins) {
        start = placeOrFail(invocation);
      } else {
        enqueue(invocation);
      }
    }
    start.run();
    return invocation;
  }

  /**
   * Whether the quotas let a request begin; counts a hit of the one that does not. The rate of new
   * environments is checked here for asynchronous requests only, which wait for it.
   */
  private boolean quotasAllow(Invocation invocation) {
    String function = invocation.function();
    return account.allows(function)
        && (!invocation.isAsynchronous()
            || quotas.within(Quota.ENVIRONMENTS_PER_TEN_SECONDS, hasEnvironment(function)));
  }

  /** Requests that handlers work on now, those included that wait for something. */
  public synchronized int inProgress() {
    return cap.inProgress();
  }

  /** Adds the count of requests that were refused for the reservation of their function. */
  public synchronized void putCounters(Map<String, Long> counters) {
    account.putCounters(counters);
  }

  /** Requests that wait until they may begin. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private void enqueue(Invocation invocation) {
    if (!cap.isFree()) {
      figures.waited();
    }
    waiting.add(invocation);
    if (waiting.size() == 1) {
      cap.firstWaits();
      if (watch == null) {
        watch = new Thread(this::watch, "fn-watch");
        watch.setDaemon(true);
        watch.start();
      }
      notifyAll();
    }
  }

  private void watch() {
    try {
      while (awaitWaiting()) {
        List<Runnable> starts;
        synchronized (this) {
          cap.sample();
          starts = startWaiting();
        }
        starts.forEach(Runnable::run);
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when requests wait; false when there will be no further request. */
  private synchronized boolean awaitWaiting() throws InterruptedException {
    while (waiting.isEmpty()) {
      if (closed) {
        return false;
      }
      wait();
    }
    return true;
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
    if (warmest == null) {
      if (figures.threadsLeft() >= MOST_THREADS_LEFT) {
        return () -> over(refused(invocation, "too many abandoned requests go on"));
      }
      if (!quotas.allows(Quota.ENVIRONMENTS_PER_TEN_SECONDS, scaling.get(function))) {
        return () -> over(refused(invocation, TOO_MANY));
      }
    }
    Environment environment = warmest == null ? create(function) : warmest;
    cap.take(environment);
    account.begin(function);
    return () -> environment.run(invocation);
  }

  /** Places a request; one whose start fails is answered with the failure. */
  private Runnable placeOrFail(Invocation invocation) {
    try {
      return place(invocation);
    } catch (RuntimeException | Error broken) {
      // Too many threads, for one. It ends this request, and not the thread that starts others.
      RequestGuard.report("the start of " + invocation.function(), broken);
      return () -> {
        invocation.answer().completeExceptionally(broken);
        over(invocation);
      };
    }
  }

  private Environment create(String function) {
    FunctionDefinition definition = functions.get(function);
    Environment environment =
        new Environment(
            definition, loader, this, modelledStart(definition), quotas, ++environments);
    figures.environmentCreated();
    environment.start();
    return environment;
  }

  /** Called by an environment that is free again. */
  void finished(Environment environment) {
    List<Runnable> starts;
    synchronized (this) {
      leavePlace(environment);
      if (closed) {
        environment.stop();
      } else {
        idle.get(environment.function().name()).addFirst(environment);
      }
      starts = startWaiting();
    }
    starts.forEach(Runnable::run);
  }

  private void leavePlace(Environment environment) {
    if (cap.leave(environment)) {
      account.end(environment.function().name());
    }
  }

  /** Called by an environment that will never be free again. */
  void left(Environment environment) {
    List<Runnable> starts;
    synchronized (this) {
      leavePlace(environment);
      starts = startWaiting();
    }
    starts.forEach(Runnable::run);
  }

  /** Called for a request that is given up before it has begun. */
  void forget(Invocation invocation) {
    synchronized (this) {
      if (!waiting.remove(invocation)) {
        // It begins at this moment. If it is abandoned, its environment finds that out.
        return;
      }
    }
    invocation.answer().completeExceptionally(new TimeoutException("given up while it waited"));
    over(invocation);
  }

  /** Called when a request has been answered, or when its answer is no longer needed. */
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

  /**
   * Begins requests that wait, as places become free. A request that waited is not refused for the
   * account's quotas: on AWS it would have begun when it came.
   */
  private List<Runnable> startWaiting() {
    List<Runnable> starts = new ArrayList<>();
    waiting.take(
        () -> cap.isFree() && cap.inProgress() < quotas.of(Quota.CONCURRENCY),
        next -> account.hasRoom(next.function()) && hasEnvironment(next.function()),
        next -> starts.add(placeOrFail(next)));
    return starts;
  }

  /** Whether there is an environment for one more request, or a new one would be allowed. */
  private boolean hasEnvironment(String function) {
    return !idle.get(function).isEmpty() || scaling.get(function).hasOne();
  }

  /** Refuses new requests; completes when those in progress and waiting are answered. */
  public CompletableFuture<Void> drain() {
    synchronized (this) {
      closed = true;
      idle.values().forEach(environments -> environments.forEach(Environment::stop));
      notifyAll();
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
