package dev.fanbench.gatling.fleet;

import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import dev.fanbench.measurement.record.DeliveryRecorder;
import dev.fanbench.measurement.run.FailureInterval;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The clients all measured traffic goes through: subscribers, publishers and those that connect or
 * ask and are timed doing it.
 *
 * <pre>{@code
 * try (Fleet fleet = Fleet.open(FleetOptions.of(url, clock))) {
 *   fleet.record(phase::deliveries).join();
 *   fleet.onLostConnection(loss -> phase.lostConnection(clock.nanoTime()));
 *   JoinResult room = fleet.joinAll(ClientSlot.subscribers(1_000, List.of("r1")), 64, n -> {}).join();
 *   ...
 * }
 * }</pre>
 *
 * <p>Thread-safe. Callbacks run on event loops and must not block. Once it is closed, what needs a
 * loop throws {@link java.util.concurrent.RejectedExecutionException}.
 */
public final class Fleet implements AutoCloseable {
  /** Handshakes and joins in flight at once when there is no reason for another number. */
  public static final int DEFAULT_CONCURRENCY = 64;

  private static final long CLOSE_SECONDS = 3;

  /** One for each address of the target. */
  private final List<FleetConfig> routes;

  private final FleetConfig route;
  private final EventLoopGroup group;
  private final List<FleetLoop> loops = new ArrayList<>();
  private final SlotTaker taker;
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile Consumer<LostConnection> losses = loss -> {};
  private volatile Consumer<Throwable> errors = error -> {};

  private Fleet(FleetOptions options) {
    ClientTransport transport = ClientTransport.best();
    List<URI> addresses =
        Stream.concat(Stream.of(options.target()), options.others().stream()).toList();
    routes =
        IntStream.range(0, addresses.size())
            .mapToObj(
                node -> FleetConfig.of(node, options.withTarget(addresses.get(node)), transport))
            .toList();
    route = routes.get(0);
    taker = new SlotTaker(this, route.dialect().publish().byMember(), options.clock());
    ReadLag.OfLoops lags = new ReadLag.OfLoops(transport, options.clock());
    group = transport.loops(options.loops(), lags);
    for (EventExecutor executor : group) {
      loops.add(
          new FleetLoop(
              loops.size(),
              (EventLoop) executor,
              options.clock(),
              lags.of(executor),
              loss -> losses.accept(loss),
              this::failed,
              options.loops(),
              options.trace().orElse(null)));
    }
  }

  /**
   * Starts the event loops and looks up the target's host; connects nothing yet.
   *
   * @throws IllegalArgumentException when TLS cannot be set up with the trusted certificates
   */
  public static Fleet open(FleetOptions options) {
    return new Fleet(options);
  }

  /** Number of event loops. */
  public int loops() {
    return loops.size();
  }

  /** Number of addresses that it connects to in turn. */
  public int nodes() {
    return routes.size();
  }

  /** The read lag of what a loop reads now, in nanoseconds; called on the loop itself. */
  public long readLagNanos(int loop, long nowNanos) {
    return loops.get(loop).readLag.nanos(nowNanos);
  }

  /** An event loop, for what has to run beside its clients: armed timers, the hiccup meter. */
  public ScheduledExecutorService executor(int loop) {
    return loops.get(loop).executor;
  }

  /**
   * Opens one connection. Called on the loop itself, the attempt begins before this returns;
   * otherwise in the loop's next turn. Each loop takes the addresses of the target in turn. Joins
   * nothing but where connecting is joining.
   */
  public void connect(int loop, ClientSlot slot, ConnectListener listener) {
    FleetLoop on = loops.get(loop);
    on.run(
        guarded(() -> new ConnectAttempt(on, slot.role(), slot.room(), routes, listener).start()));
  }

  /**
   * Gives each loop the recorder its deliveries go to from now on.
   *
   * @param payloadBytes length of the texts that are to arrive; 0 when they are not checked
   * @param perLoop called once for each loop, on that loop, with its number
   * @return completed when every loop has its new recorder and none will use the old one again
   */
  public CompletableFuture<Void> record(
      int payloadBytes, IntFunction<? extends DeliveryRecorder> perLoop) {
    return onEachLoop(
        loop ->
            CompletableFuture.runAsync(
                () -> loop.record(perLoop.apply(loop.index), payloadBytes), loop.executor));
  }

  /** The same for texts whose length is not checked. */
  public CompletableFuture<Void> record(IntFunction<? extends DeliveryRecorder> perLoop) {
    return record(0, perLoop);
  }

  /**
   * Sets the listener for connections that end while the load keeps them open.
   *
   * @param listener called on the connection's loop, once for each
   */
  public void onLostConnection(Consumer<LostConnection> listener) {
    losses = Objects.requireNonNull(listener, "listener");
  }

  /**
   * Sets the listener for errors of the load itself on an event loop, such as an {@code
   * OutOfMemoryError}. The loop would keep such an error to itself, or blame a connection for it.
   */
  public void onError(Consumer<Throwable> listener) {
    errors = Objects.requireNonNull(listener, "listener");
  }

  /** A task for an event loop, whose exceptions and errors are told. */
  public Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failed(e);
      }
    };
  }

  private void failed(Throwable error) {
    errors.accept(error);
    failure.completeExceptionally(error);
  }

  private <T> CompletableFuture<T> unlessFailed(CompletableFuture<T> result) {
    return failure.<T>thenApply(never -> null).applyToEither(result, Function.identity());
  }

  /**
   * Opens a connection for each slot, spread over the loops, and joins its rooms. Nothing is
   * measured here. So a target that limits its new connections or members a second is asked again.
   *
   * @param concurrency slots being taken at once
   * @param progress told how many are taken, after each, one call at a time
   * @return completed exceptionally with what {@code progress} throws, and with an error of the
   *     load
   */
  public CompletableFuture<JoinResult> joinAll(
      List<ClientSlot> slots, int concurrency, IntConsumer progress) {
    return unlessFailed(
            new JoinRun(slots.size(), i -> taker.take(i, slots.get(i)), target(), progress)
                .start(concurrency))
        .thenCompose(joined -> confirmed(slots, joined));
  }

  /**
   * Makes sure of members whose server confirms none, by probes.
   *
   * @param clients in the order of their slots
   * @return a sentence for each room that has a member without a probe
   */
  public CompletableFuture<List<String>> confirm(List<ClientSlot> slots, List<Client> clients) {
    return route.dialect().join().confirmation() instanceof Confirmation.Probe
        ? ProbeRun.of(route, slots, clients)
        : CompletableFuture.completedFuture(List.of());
  }

  private CompletableFuture<JoinResult> confirmed(List<ClientSlot> slots, JoinResult joined) {
    if (!(joined instanceof JoinResult.Complete)) {
      return CompletableFuture.completedFuture(joined);
    }
    return confirm(slots, joined.clients())
        .thenApply(
            failures ->
                failures.isEmpty()
                    ? joined
                    : new JoinResult.Incomplete(joined.clients().size(), failures));
  }

  /**
   * Opens one connection on any loop and joins a room, beside everything else. It is tried once.
   *
   * @return the client, or empty when it could not come in
   */
  public CompletableFuture<Optional<Client>> join(int i, ClientSlot slot) {
    return taker.takeOnce(i, slot).thenApply(taken -> Optional.ofNullable(taken.client()));
  }

  /** The cost of inflating on all loops since the last call. */
  public CompletableFuture<InflateCost> takeInflateCost() {
    List<CompletableFuture<InflateCost>> costs = new ArrayList<>();
    for (FleetLoop loop : loops) {
      costs.add(CompletableFuture.supplyAsync(loop::takeInflateCost, loop.executor));
    }
    return CompletableFuture.allOf(costs.toArray(new CompletableFuture<?>[0]))
        .thenApply(
            all ->
                costs.stream()
                    .map(CompletableFuture::join)
                    .reduce(InflateCost.NONE, InflateCost::plus));
  }

  /**
   * The first frame of each kind that was no delivery since {@link #record}, by kind. The
   * credentials of all clients are hidden, since a server may send one client's to another.
   */
  public CompletableFuture<Map<String, String>> examples() {
    Map<String, String> all = new ConcurrentHashMap<>();
    return onEachLoop(
            loop ->
                CompletableFuture.runAsync(
                    () -> loop.examples().forEach(all::putIfAbsent), loop.executor))
        .thenApplyAsync(
            done -> {
              all.replaceAll((kind, example) -> route.identities().hide(example));
              return all;
            });
  }

  /** Connects and joins that the target refused and that were tried again, by time. */
  public List<FailureInterval> takeRefusedJoins() {
    return taker.takeRefused();
  }

  /** Bytes of frames that the target has sent since {@link #record}. */
  public CompletableFuture<Long> receivedBytes() {
    LongAdder all = new LongAdder();
    return onEachLoop(
            loop -> CompletableFuture.runAsync(() -> all.add(loop.receivedBytes), loop.executor))
        .thenApply(done -> all.sum());
  }

  /** Connections that are open now. */
  public CompletableFuture<Integer> openClients() {
    List<CompletableFuture<Integer>> counts = new ArrayList<>();
    for (FleetLoop loop : loops) {
      counts.add(CompletableFuture.supplyAsync(loop.clients::size, loop.executor));
    }
    return CompletableFuture.allOf(counts.toArray(new CompletableFuture<?>[0]))
        .thenApply(all -> counts.stream().mapToInt(CompletableFuture::join).sum());
  }

  /**
   * Closes every open connection with 1000, none of which counts as lost, and gives up attempts to
   * connect. The numbers of the connections after it follow one another over all loops.
   *
   * @return completed when all sockets are closed, which takes little more than a second even if
   *     the target does not answer
   */
  public CompletableFuture<Void> closeAll() {
    return onEachLoop(
            loop ->
                CompletableFuture.supplyAsync(loop::dismiss, loop.executor)
                    .thenCompose(Fleet::closeEach))
        .thenCompose(closed -> alignNumbers());
  }

  /**
   * Gives all loops the highest of their counts of connections. A loop that had one connection less
   * would otherwise take a user again that another loop has taken.
   */
  private CompletableFuture<Void> alignNumbers() {
    AtomicInteger highest = new AtomicInteger();
    return onEachLoop(
            loop ->
                CompletableFuture.runAsync(
                    () -> highest.accumulateAndGet(loop.connections, Math::max), loop.executor))
        .thenCompose(
            known ->
                onEachLoop(
                    loop ->
                        CompletableFuture.runAsync(
                            () -> loop.connections = highest.get(), loop.executor)));
  }

  /** Closes every connection and ends the event loops, waiting at most some seconds. */
  @Override
  public void close() {
    if (group.isShuttingDown()) {
      return;
    }
    try {
      closeAll().completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      var unused =
          group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  private String target() {
    return route.endpoint().uri().toString();
  }

  private CompletableFuture<Void> onEachLoop(
      Function<FleetLoop, ? extends CompletableFuture<?>> action) {
    return CompletableFuture.allOf(loops.stream().map(action).toArray(CompletableFuture<?>[]::new));
  }

  private static CompletableFuture<Void> closeEach(List<Client> clients) {
    return CompletableFuture.allOf(
        clients.stream().map(Client::close).toArray(CompletableFuture<?>[]::new));
  }
}
