package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.quota.TokenBucket;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.signature.SignatureCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The state that all handlers of one front door share. Thread-safe. */
final class Gateway {
  final Template template;
  final QuotaCheck quotas;
  final int slowClientBytes;
  final int clientRequests;

  /** The request rate of the account, for messages of clients and calls of {@code @connections}. */
  private final TokenBucket account;

  private final TokenBucket connects;

  /** Of those routes that the stage throttles, by their keys. */
  private final Map<String, TokenBucket> throttles = new HashMap<>();

  final GatewayFaultSwitch faults;
  final Latency latency;
  final GatewayUsage figures = new GatewayUsage();
  final ConnectionTable open = new ConnectionTable();
  final AssumedBehavior assumptions;
  final Clock clock;
  final ProxyEventWriter events;
  final RouteSelection selection;
  final IntegrationCaller integrations;
  final Optional<Authorizer> authorizer;

  /** Empty when posts need no signature. */
  final Optional<SignatureCheck> signatures;

  /** Absent when handshakes need not be signed. */
  final Optional<SignatureCheck> connectSignatures;

  final Optional<ConnectionObserver> observer;

  /** Set once, when no more clients are let in. */
  volatile boolean stopping;

  Gateway(
      Template template,
      Invoker invoker,
      QuotaCheck quotas,
      GatewayFaultSwitch faults,
      Latency latency,
      CallerCheck signatures,
      AssumedBehavior assumptions,
      Clock clock,
      Optional<ConnectionObserver> observer) {
    this.template = template;
    this.quotas = quotas;
    this.slowClientBytes = quotas.of(Quota.SLOW_CLIENT_BYTES);
    this.clientRequests = quotas.of(Quota.CLIENT_REQUESTS);
    this.account = quotas.bucket(Quota.ACCOUNT_PER_SECOND, Quota.ACCOUNT_BURST);
    this.connects = quotas.bucket(Quota.CONNECTS_PER_SECOND, Quota.CONNECT_BURST);
    template
        .routes()
        .forEach(
            (key, route) ->
                route
                    .throttle()
                    .ifPresent(
                        throttle ->
                            throttles.put(
                                key,
                                new TokenBucket(throttle.perSecond(), throttle.burst(), clock))));
    this.faults = faults;
    this.latency = latency;
    this.assumptions = assumptions;
    this.clock = clock;
    this.events = new ProxyEventWriter(template, clock);
    this.selection = new RouteSelection(template.routeSelection(), template.routes());
    this.integrations = new IntegrationCaller(template, invoker, figures, quotas, latency);
    this.authorizer =
        template
            .authorizer()
            .map(asked -> new Authorizer(template, asked, invoker, events, quotas, latency));
    SignatureCheck check =
        new SignatureCheck(signatures.secret(), signatures.clock().orElse(clock));
    this.signatures = Optional.of(check).filter(needed -> signatures.required());
    this.connectSignatures = Optional.of(check).filter(needed -> template.signedConnects());
    this.observer = observer;
  }

  /**
   * Sends text that was announced to a client when the last hop's time is over; takes over the
   * buffer.
   */
  void push(ClientConnection client, ByteBuf text) {
    long nanos = latency.draw(Hop.PUSH);
    if (nanos == 0) {
      client.send(text);
    } else {
      sendLater(client, text, nanos, () -> {});
    }
  }

  private void sendLater(ClientConnection client, ByteBuf text, long nanos, Runnable then) {
    ByteBuf kept = keepable(text);
    text.release();
    RequestGuard guard = new RequestGuard("a frame", then);
    TickTimer.after(
        client.channel().eventLoop(),
        nanos,
        guard.guarded(
            () -> {
              client.send(kept);
              then.run();
            }));
  }

  /**
   * A copy that nothing has to release: an event loop that stops drops its timers, and the buffers
   * that they have would be lost to their pool.
   */
  static ByteBuf keepable(ByteBuf text) {
    return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(text));
  }

  /**
   * The same from the client's own event loop.
   *
   * @param then called there when the text is with the channel, or dropped
   */
  void push(ClientConnection client, ByteBuf text, Runnable then) {
    long nanos = latency.draw(Hop.PUSH);
    if (nanos == 0) {
      client.send(text);
      then.run();
    } else {
      sendLater(client, text, nanos, then);
    }
  }

  /** Whether there is room for one more frame to a client; counts a hit when there is none. */
  boolean hasRoom(ClientConnection client) {
    return quotas.within(Quota.SLOW_CLIENT_BYTES, client.keepsUp(slowClientBytes / 2));
  }

  /** Whether the account may have one more message or call now. */
  boolean accountAllows() {
    return quotas.allows(Quota.ACCOUNT_PER_SECOND, account);
  }

  /** Whether the stage lets a route be called once more now. */
  boolean routeAllows(EmulatorRoute route) {
    TokenBucket throttle = throttles.get(route.key());
    return throttle == null || throttle.tryTake();
  }

  /** Whether the account may have one more connection now. */
  boolean connectsAllow() {
    return quotas.allows(Quota.CONNECTS_PER_SECOND, connects);
  }

  /** The client's 101 was written: it counts, and can be posted to. */
  void opened(ClientConnection client) {
    open.add(client);
    figures.connected(client.connectedAtMillis());
    observer.ifPresent(told -> told.opened(client.id()));
  }

  /**
   * Ends a connection. Posts to it fail from now on, and {@code $disconnect} is invoked. Called on
   * its event loop; true for the first call only.
   */
  boolean ended(ClientConnection client, int statusCode, String reason) {
    if (!open.remove(client)) {
      return false;
    }
    figures.disconnected(clock.millis());
    tellDisconnect(client, statusCode, reason);
    observer.ifPresent(told -> told.closed(client.id()));
    return true;
  }

  /** Tells {@code $disconnect} of the end of a client that {@code $connect} let in. */
  void tellDisconnect(ClientConnection client, int statusCode, String reason) {
    EmulatorRoute route = template.routes().get("$disconnect");
    if (route == null) {
      return;
    }
    if (faults.losesThisDisconnect()) {
      figures.disconnectsLost.increment();
      return;
    }
    EventLoop loop = client.channel().eventLoop();
    integrations.call(loop, route, events.disconnect(client, statusCode, reason), answered -> {});
  }
}
