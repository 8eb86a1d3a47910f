package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Allowed;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Broken;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Denied;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Unauthorized;
import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.AuthorizerDefinition;
import dev.fanbench.emulator.template.IdentitySource;
import dev.fanbench.emulator.template.Template;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks a REQUEST authorizer whether a client may connect. Thread-safe.
 *
 * <p>As on AWS, it is called only when all its identity sources are present and not empty. An error
 * with the message {@code Unauthorized} counts as a refusal. Decisions are not cached, because API
 * Gateway has no cache for authorizers of WebSocket APIs.
 */
final class Authorizer {
  /** The one error message that API Gateway understands. */
  private static final String UNAUTHORIZED = "Unauthorized";

  private final AuthorizerDefinition asked;
  private final String connectArn;
  private final int timeoutMillis;
  private final Invoker invoker;
  private final ProxyEventWriter events;
  private final Latency latency;

  /** The decision about a client. */
  sealed interface Decision {
    /**
     * It may connect.
     *
     * @param context what every event of the connection says of it, with its {@code principalId}
     */
    record Allowed(Map<String, String> context) implements Decision {}

    /** It did not say who it is. */
    record Unauthorized() implements Decision {}

    /** It may not. */
    record Denied() implements Decision {}

    /** The authorizer failed, or returned what is no policy. */
    record Broken() implements Decision {}
  }

  /**
   * @param quotas limit the time that API Gateway waits, as for an integration; the function's own
   *     time begins with its request
   */
  Authorizer(
      Template template,
      AuthorizerDefinition asked,
      Invoker invoker,
      ProxyEventWriter events,
      QuotaCheck quotas,
      Latency latency) {
    this.asked = asked;
    this.connectArn = template.connectArn();
    this.timeoutMillis = quotas.of(Quota.INTEGRATION_MILLIS);
    this.invoker = invoker;
    this.events = events;
    this.latency = latency;
  }

  /**
   * Decides. Called on {@code loop}, which never waits.
   *
   * @param guard of the handshake, which answers whatever fails here
   * @param then called once, on {@code loop}
   */
  void ask(
      EventLoop loop,
      RequestGuard guard,
      ClientConnection client,
      HttpRequest request,
      String requestId,
      Consumer<Decision> then) {
    if (!hasIdentity(request)) {
      then.accept(new Unauthorized());
      return;
    }
    byte[] event = events.authorize(client, request, requestId);
    guard.take(latency, Hop.INVOKE, loop, () -> invoke(loop, guard, event, then));
  }

  private void invoke(EventLoop loop, RequestGuard guard, byte[] event, Consumer<Decision> then) {
    Invocation invocation = invoker.invoke(asked.function(), event);
    guard.whenComplete(
        invocation.answer().copy().orTimeout(timeoutMillis, TimeUnit.MILLISECONDS),
        loop,
        (output, failure) -> {
          if (failure instanceof TimeoutException) {
            invocation.withdraw();
          }
          then.accept(failure == null ? decision(output) : decision(cause(failure)));
        });
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  private boolean hasIdentity(HttpRequest request) {
    Map<String, List<String>> query = new QueryStringDecoder(request.uri()).parameters();
    return asked.identitySources().stream()
        .allMatch(
            source -> {
              String value = value(source, request, query);
              return value != null && !value.isEmpty();
            });
  }

  private static String value(
      IdentitySource source, HttpRequest request, Map<String, List<String>> query) {
    return source.inHeader()
        ? request.headers().get(source.name())
        : query.getOrDefault(source.name(), List.of("")).get(0);
  }

  private static Decision decision(Throwable failure) {
    return UNAUTHORIZED.equals(failure.getMessage()) ? new Unauthorized() : new Broken();
  }

  private Decision decision(byte[] output) {
    try {
      PolicyAnswer answer = PolicyAnswer.parse(output);
      return answer.allows(connectArn) ? new Allowed(answer.context()) : new Denied();
    } catch (IOException malformed) {
      System.err.println(
          "the answer of %s is malformed: %s".formatted(asked.function(), malformed.getMessage()));
      return new Broken();
    }
  }
}
