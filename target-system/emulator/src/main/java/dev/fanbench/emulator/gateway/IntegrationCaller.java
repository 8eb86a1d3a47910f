package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.gateway.IntegrationResult.Failed;
import dev.fanbench.emulator.gateway.IntegrationResult.TimedOut;
import dev.fanbench.emulator.integration.Backend;
import dev.fanbench.emulator.integration.BackendFactory;
import dev.fanbench.emulator.integration.IntegrationAnswer;
import dev.fanbench.emulator.integration.MalformedAnswerException;
import dev.fanbench.emulator.integration.PendingAnswer;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.mapping.MappingException;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.emulator.template.Integration;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.target.Stopwatch;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;

/** Calls the integrations of routes for event loops. Thread-safe. */
final class IntegrationCaller implements AutoCloseable {
  private final Map<String, Backend> backends = new HashMap<>();
  private final BackendFactory making;
  private final GatewayUsage figures;
  private final QuotaCheck quotas;
  private final Latency latency;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean stopping;

  IntegrationCaller(
      Template template,
      Invoker invoker,
      GatewayUsage figures,
      QuotaCheck quotas,
      Latency latency) {
    making = new BackendFactory(invoker, template.stageVariables());
    template.routes().forEach((key, route) -> backends.put(key, making.of(route)));
    this.figures = figures;
    this.quotas = quotas;
    this.latency = latency;
  }

  /** Sets the address of DynamoDB, before the first call. */
  void storeAt(URI address) {
    making.storeAt(address);
  }

  /**
   * Calls a route's integration. Called on {@code loop}, which never waits.
   *
   * @param then called once, on {@code loop}: with the answer, or when the timeout is over
   */
  void call(EventLoop loop, EmulatorRoute route, byte[] event, Consumer<IntegrationResult> then) {
    // Counted first: a drain that has begun by now then waits for the refusal.
    figures.integrationsCalled.increment();
    if (stopping) {
      refuse(then);
      return;
    }
    Call call = new Call(then);
    RequestGuard guard =
        new RequestGuard(
            "a call of route " + route.key(),
            () -> call.end(new Failed(new IllegalStateException("its handling failed"))));
    if (!hasFunctionHop(route.integration())) {
      guard.run(() -> callNow(loop, guard, call, route, event));
    } else {
      guard.take(latency, Hop.INVOKE, loop, () -> callNow(loop, guard, call, route, event));
    }
  }

  /** A mock calls nothing, and DynamoDB adds the time of its own calls. */
  private static boolean hasFunctionHop(Integration integration) {
    return !(integration instanceof Integration.Mock)
        && !(integration instanceof Integration.DynamoDb);
  }

  private void callNow(
      EventLoop loop, RequestGuard guard, Call call, EmulatorRoute route, byte[] event) {
    call.sinceCall = new Stopwatch();
    PendingAnswer<IntegrationAnswer> pending = ask(route, event);
    call.timer =
        guard.schedule(
            loop,
            Math.min(route.integration().timeout().toMillis(), quotas.of(Quota.INTEGRATION_MILLIS)),
            () -> {
              quotas.hit(Quota.INTEGRATION_MILLIS);
              pending.abandon().run();
              call.end(new TimedOut());
            });
    guard.whenComplete(
        pending.answer(), loop, (answer, failure) -> over(call, route, answer, failure));
  }

  /** Calls the backend. An exception of the call becomes a failed answer. */
  private PendingAnswer<IntegrationAnswer> ask(EmulatorRoute route, byte[] event) {
    try {
      return backends.get(route.key()).call(event);
    } catch (RuntimeException | Error broken) {
      if (!(broken instanceof MappingException)) {
        RequestGuard.report("the integration of route " + route.key(), broken);
      }
      return new PendingAnswer<>(CompletableFuture.failedFuture(broken), () -> {});
    }
  }

  private void over(Call call, EmulatorRoute route, IntegrationAnswer answer, Throwable failure) {
    figures.integrationsOver.increment();
    try {
      call.end(failure == null ? answered(route, answer) : failed(failure));
    } finally {
      completeDrain();
    }
  }

  private void refuse(Consumer<IntegrationResult> then) {
    figures.integrationsOver.increment();
    IntegrationResult stopped = new Failed(new RejectedExecutionException("stopping"));
    figures.answered(stopped, 0);
    then.accept(stopped);
    completeDrain();
  }

  /**
   * Refuses further calls, each with an answer. Completes when all that were taken are answered,
   * those included that still wait for a hop of the latency model.
   */
  CompletableFuture<Void> drain() {
    stopping = true;
    completeDrain();
    return drained.thenCompose(answered -> making.drain());
  }

  /** Ends the threads that send HTTP requests. */
  @Override
  public void close() {
    making.close();
  }

  private void completeDrain() {
    // The sum of what is over is taken first, so that the two are equal only when all is over.
    long over = figures.integrationsOver.sum();
    if (stopping && over == figures.integrationsCalled.sum()) {
      drained.complete(null);
    }
  }

  /**
   * A route response is a message, and no message is longer than the quota. Its sender gets the
   * error frame and stays: the integration broke the rule, and not the client.
   */
  private IntegrationResult answered(EmulatorRoute route, IntegrationAnswer answer) {
    boolean fits =
        !route.twoWay()
            || route.key().equals("$connect")
            || route.key().equals("$disconnect")
            || quotas.allows(Quota.MESSAGE_BYTES, ByteBufUtil.utf8Bytes(answer.body()));
    return fits
        ? new Answered(answer)
        : failed(
            new MalformedAnswerException(
                "the answer of route %s is longer than %d bytes"
                    .formatted(route.key(), quotas.of(Quota.MESSAGE_BYTES))));
  }

  private static Failed failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof MappingException || cause instanceof MalformedAnswerException) {
      // A function that throws is named where it is called; these have only this line.
      System.err.println(cause.getMessage());
    }
    return new Failed(cause);
  }

  /** One call; only its event loop touches it. */
  private final class Call {
    private final Consumer<IntegrationResult> then;
    private ScheduledFuture<?> timer;
    private Stopwatch sinceCall = new Stopwatch();
    private boolean ended;

    Call(Consumer<IntegrationResult> then) {
      this.then = then;
    }

    void end(IntegrationResult result) {
      if (ended) {
        return;
      }
      ended = true;
      if (timer != null) {
        timer.cancel(false);
      }
      figures.answered(result, sinceCall.elapsedNanos());
      then.accept(result);
    }
  }
}
