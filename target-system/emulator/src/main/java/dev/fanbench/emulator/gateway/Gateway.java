package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.template.Route;
import dev.fanbench.emulator.template.Template;
import io.netty.channel.EventLoop;
import java.time.Clock;

/** What all handlers of one front door share. Thread-safe. */
final class Gateway {
  final Template template;
  final GatewayLimits limits;
  final GatewayFaults faults;
  final GatewayFigures figures = new GatewayFigures();
  final OpenConnections open = new OpenConnections();
  final Clock clock;
  final ProxyEvents events;
  final RouteSelection selection;
  final Integrations integrations;

  /** Set once, when nobody is let in any more. */
  volatile boolean stopping;

  Gateway(
      Template template, Invoker invoker, GatewayLimits limits, GatewayFaults faults, Clock clock) {
    this.template = template;
    this.limits = limits;
    this.faults = faults;
    this.clock = clock;
    this.events = new ProxyEvents(template, clock);
    this.selection = new RouteSelection(template.routeSelection(), template.routes());
    this.integrations = new Integrations(template, invoker, figures);
  }

  /** From here on the client can be posted to. */
  void opened(ClientConnection client) {
    open.add(client);
    figures.connected(client.connectedAtMillis());
  }

  /**
   * Ends a connection: nobody can post to it any more, and {@code $disconnect} is told. Called on
   * its event loop; true for the first call only.
   */
  boolean ended(ClientConnection client, int statusCode, String reason) {
    if (!open.remove(client)) {
      return false;
    }
    figures.disconnected(clock.millis());
    Route route = template.routes().get("$disconnect");
    if (route == null) {
      return true;
    }
    if (faults.losesThisDisconnect()) {
      figures.disconnectsLost.increment();
      return true;
    }
    EventLoop loop = client.channel().eventLoop();
    integrations.call(loop, route, events.disconnect(client, statusCode, reason), answered -> {});
    return true;
  }
}
