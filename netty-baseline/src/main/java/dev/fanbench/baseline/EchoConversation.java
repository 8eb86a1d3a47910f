package dev.fanbench.baseline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/** Every message comes back as it is, for conformance runs. */
record EchoConversation(Channel channel) implements Conversation {

  @Override
  public void text(ByteBuf utf8) {
    channel.writeAndFlush(new TextWebSocketFrame(utf8.retain()));
  }

  @Override
  public void binary(ByteBuf bytes) {
    channel.writeAndFlush(new BinaryWebSocketFrame(bytes.retain()));
  }

  @Override
  public void writable() {}

  @Override
  public void end(int code) {}
}
