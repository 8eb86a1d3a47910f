package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import java.util.Optional;

/**
 * A message of a client, from its route to its answer. Whatever fails on the way is answered with
 * an error frame. For the client's event loop only.
 */
final class ClientMessage {
  private final Gateway gateway;
  private final ClientConnection client;
  private final Runnable then;
  private final String requestId = RequestId.next();
  private boolean over;

  private ClientMessage(Gateway gateway, ClientConnection client, Runnable then) {
    this.gateway = gateway;
    this.client = client;
    this.then = then;
  }

  /**
   * Hands a message to its route.
   *
   * @param then called once, when the answer is with the channel or there will be none
   */
  static void dispatch(Gateway gateway, ClientConnection client, String text, Runnable then) {
    ClientMessage message = new ClientMessage(gateway, client, then);
    RequestGuard guard = new RequestGuard("a message", message::failed);
    guard.run(() -> message.dispatch(text, guard));
  }

  private void dispatch(String text, RequestGuard guard) {
    if (!gateway.accountAllows()) {
      gateway.figures.clientErrors.increment();
      reply(ReplyFormat.tooManyRequests(client.id(), requestId));
      return;
    }
    Optional<EmulatorRoute> selected = gateway.selection.select(text);
    if (selected.isEmpty()) {
      gateway.figures.clientErrors.increment();
      reply(ReplyFormat.forbidden(client.id(), requestId));
      return;
    }
    EmulatorRoute route = selected.get();
    if (!gateway.routeAllows(route)) {
      gateway.figures.clientErrors.increment();
      reply(ReplyFormat.tooManyRequests(client.id(), requestId));
      return;
    }
    gateway.integrations.call(
        client.channel().eventLoop(),
        route,
        gateway.events.message(client, route.key(), requestId, text),
        result -> guard.run(() -> answered(route, result)));
  }

  private void answered(EmulatorRoute route, IntegrationResult result) {
    if (!(result instanceof Answered answered)) {
      failed();
    } else if (route.twoWay()) {
      reply(answered.answer().body());
    } else {
      end();
    }
  }

  private void failed() {
    reply(ReplyFormat.internalServerError(client.id(), requestId));
  }

  /** Ends with a frame, or with none if the text is empty. */
  private void reply(String text) {
    Channel channel = client.channel();
    if (over || text.isEmpty() || client.isClosing() || !channel.isActive()) {
      end();
      return;
    }
    ByteBuf frame = ByteBufUtil.writeUtf8(channel.alloc(), text);
    gateway.figures.meter(frame.readableBytes());
    gateway.figures.repliesSent.increment();
    client.expect(frame.readableBytes());
    gateway.push(client, frame, this::end);
  }

  private void end() {
    if (!over) {
      over = true;
      then.run();
    }
  }
}
