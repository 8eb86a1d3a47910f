package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.gateway.IntegrationResult.Failed;
import dev.fanbench.emulator.gateway.IntegrationResult.TimedOut;
import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.template.Route;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls functions for event loops. Thread-safe. */
final class Integrations {
  private final Invoker invoker;
  private final GatewayFigures figures;

  Integrations(Invoker invoker, GatewayFigures figures) {
    this.invoker = invoker;
    this.figures = figures;
  }

  /**
   * Calls a route's function. Called on {@code loop}, which never waits.
   *
   * @param then called once, on {@code loop}: with the answer, or when the timeout is over
   */
  void call(EventLoop loop, Route route, byte[] event, Consumer<IntegrationResult> then) {
    Invocation invocation = invoker.invoke(route.function(), event);
    Call call = new Call(then);
    call.timer =
        loop.schedule(
            () -> {
              invocation.abandon();
              call.end(new TimedOut());
            },
            route.timeout().toNanos(),
            TimeUnit.NANOSECONDS);
    var unused =
        invocation
            .answer()
            .whenComplete(
                (output, failure) -> {
                  IntegrationResult result = result(output, failure);
                  loop.execute(() -> call.end(result));
                });
  }

  private static IntegrationResult result(byte[] output, Throwable failure) {
    if (failure != null) {
      return new Failed(failure);
    }
    try {
      return new Answered(ProxyAnswer.parse(output));
    } catch (IOException malformed) {
      return new Failed(malformed);
    }
  }

  /** One call; only its event loop touches it. */
  private final class Call {
    private final Consumer<IntegrationResult> then;
    private ScheduledFuture<?> timer;
    private boolean ended;

    Call(Consumer<IntegrationResult> then) {
      this.then = then;
    }

    void end(IntegrationResult result) {
      if (ended) {
        return;
      }
      ended = true;
      timer.cancel(false);
      if (!(result instanceof Answered)) {
        figures.integrationErrors.increment();
      }
      then.accept(result);
    }
  }
}
