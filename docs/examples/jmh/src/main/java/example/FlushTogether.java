package example;

import dev.fanbench.jmh.sockets.RoomBroadcaster;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.ArrayList;
import java.util.List;

/** Encodes the text once, writes a frame of it to each member, and flushes all of them after. */
public final class FlushTogether implements RoomBroadcaster {
  private final List<Channel> members = new ArrayList<>();

  @Override
  public void join(Channel member) {
    members.add(member);
    member.closeFuture().addListener(closed -> members.remove(member));
  }

  @Override
  public void publish(String text) {
    if (members.isEmpty()) {
      return;
    }
    ByteBuf words = ByteBufUtil.writeUtf8(members.get(0).alloc(), text);
    for (Channel member : members) {
      member.write(new TextWebSocketFrame(words.retainedDuplicate()), member.voidPromise());
    }
    words.release();
    members.forEach(Channel::flush);
  }
}
